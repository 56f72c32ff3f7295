// Puts a map that can be moved and asked in the place of its picture. Without
// JavaScript, or without WebGL, the picture stays. The table has every figure.
import { LngLatBounds, Map as AreaMap, setWorkerUrl } from "../built/map.js";

const INK = "#17211e";

function made(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

function boundsOf(areas) {
  const bounds = new LngLatBounds();
  for (const { geometry } of areas.features) {
    for (const [outer] of geometry.coordinates) {
      for (const point of outer) bounds.extend(point);
    }
  }
  return bounds;
}

function keyOf(areas) {
  const list = made("ul", "app-map__key");
  for (const { shade, words } of areas.key) {
    const entry = made("li", "", words);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const drawn = { x: 0.5, y: 0.5, width: 25, height: 17, fill: shade, stroke: INK };
    for (const [name, value] of Object.entries(drawn)) box.setAttribute(name, value);
    svg.setAttribute("viewBox", "0 0 26 18");
    svg.setAttribute("aria-hidden", "true");
    svg.append(box);
    entry.prepend(svg);
    list.append(entry);
  }
  return list;
}

function buttonsFor(map, bounds) {
  const buttons = made("div", "app-map__buttons");
  const does = {
    "Zoom in": () => map.zoomIn(),
    "Zoom out": () => map.zoomOut(),
    "Show everything": () => map.fitBounds(bounds, { padding: 24 }),
  };
  for (const [text, act] of Object.entries(does)) {
    const button = made("button", "govuk-button govuk-button--secondary", text);
    button.type = "button";
    button.addEventListener("click", act);
    buttons.append(button);
  }
  return buttons;
}

function addAreas(map, areas) {
  map.addSource("areas", { type: "geojson", data: areas, promoteId: "code" });
  map.addLayer({
    id: "areas",
    type: "fill",
    source: "areas",
    paint: { "fill-color": ["get", "shade"] },
  });
  map.addLayer({
    id: "edges",
    type: "line",
    source: "areas",
    paint: {
      "line-color": INK,
      "line-width": ["case", ["boolean", ["feature-state", "asked"], false], 4, 1],
    },
  });
}

// A pointer over an area asks it; so does a click or a tap, for as long as one likes.
function answerOn(map, card) {
  let asked;
  const mark = (is) => {
    if (asked) map.setFeatureState({ source: "areas", id: asked }, { asked: is });
  };
  const ask = ({ features: [area] }) => {
    mark(false);
    asked = area.id;
    mark(true);
    card.textContent = `${area.properties.name}: ${area.properties.words}`;
  };
  map.on("mousemove", "areas", ask);
  map.on("click", "areas", ask);
}

async function draw(place) {
  const answer = await fetch(place.dataset.map);
  if (!answer.ok) return;
  const areas = await answer.json();
  if (!areas.key || !areas.features.length) return;
  const bounds = boundsOf(areas);
  const canvas = made("div", "app-map__canvas");
  const frame = made("div", "app-map__frame");
  const card = made("p", "app-map__asked");
  card.setAttribute("role", "status");
  frame.append(canvas, card);
  place.append(frame);
  place.hidden = false;
  setWorkerUrl(new URL(place.dataset.worker, document.baseURI).href);
  const map = new AreaMap({
    container: canvas,
    style: { version: 8, sources: {}, layers: [] },
    bounds,
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    locale: { "Map.Title": place.dataset.label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.on("load", () => {
    addAreas(map, areas);
    answerOn(map, card);
    place.append(buttonsFor(map, bounds), made("p", "app-map__title", areas.title));
    place.append(keyOf(areas));
    place.parentElement.querySelector("img").hidden = true;
    map.once("idle", () => {
      place.dataset.ready = "yes";
    });
  });
}

for (const place of document.querySelectorAll("[data-map]")) {
  draw(place).catch(() => {
    place.hidden = true; // the picture says the same
  });
}
