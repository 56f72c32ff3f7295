// Turns the picture of a map into one that can be moved, zoomed and asked. Without
// JavaScript, or without WebGL, the picture and the table stay as they are.
import {
  LngLatBounds,
  Map as AreaMap,
  NavigationControl,
  Popup,
  setWorkerUrl,
} from "./built/map.js";

// The same five steps as the picture (see saferplan.reports.area_map).
const SHADES = ["#DCE9F5", "#A9CBE6", "#6AA3D0", "#2F74AC", "#12436D"];
const UNKNOWN = "#ffffff";

function limits(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const found = SHADES.map((_, i) => sorted[Math.floor((i * sorted.length) / SHADES.length)]);
  return [...new Set(found)];
}

function shade(values) {
  const [, ...upper] = limits(values);
  const steps = upper.flatMap((limit, i) => [limit, SHADES[i + 1]]);
  const known = steps.length ? ["step", ["get", "value"], SHADES[0], ...steps] : SHADES[2];
  return ["case", ["==", ["typeof", ["get", "value"]], "number"], known, UNKNOWN];
}

function boundsOf(areas) {
  const bounds = new LngLatBounds();
  for (const { geometry } of areas.features) {
    for (const polygon of geometry.coordinates) {
      for (const point of polygon[0]) bounds.extend(point);
    }
  }
  return bounds;
}

function described({ name, value }, unit) {
  const known = typeof value === "number";
  const figure = value?.toLocaleString("en-GB", { maximumFractionDigits: 1 });
  return known ? `${name}: ${figure} ${unit}` : `${name}: not available`;
}

async function draw(place) {
  const answer = await fetch(place.dataset.map);
  if (!answer.ok) return;
  const areas = await answer.json();
  const values = areas.features.map((area) => area.properties.value);
  setWorkerUrl(new URL(place.dataset.worker, document.baseURI).href);
  place.hidden = false;
  const map = new AreaMap({
    container: place,
    style: { version: 8, sources: {}, layers: [] },
    bounds: boundsOf(areas),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    cooperativeGestures: true,
    locale: { "Map.Title": place.dataset.label },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.on("load", () => {
    const known = values.filter((value) => typeof value === "number");
    map.addSource("areas", { type: "geojson", data: areas });
    map.addLayer({
      id: "areas",
      type: "fill",
      source: "areas",
      paint: { "fill-color": shade(known) },
    });
    map.addLayer({
      id: "edges",
      type: "line",
      source: "areas",
      paint: { "line-color": "#17211e", "line-width": 1 },
    });
    place.dataset.ready = "yes";
  });
  const popup = new Popup({ closeButton: false, closeOnClick: false });
  map.on("mousemove", "areas", ({ lngLat, features }) => {
    const text = described(features[0].properties, place.dataset.unit);
    popup.setLngLat(lngLat).setText(text).addTo(map);
  });
  map.on("mouseleave", "areas", () => popup.remove());
}

for (const place of document.querySelectorAll("[data-map]")) {
  draw(place).catch(() => {
    place.hidden = true; // the picture below says the same
  });
}
