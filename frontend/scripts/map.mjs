// What our map module needs of MapLibre, so that it imports one file.
export {
  AttributionControl,
  LngLatBounds,
  Map,
  NavigationControl,
  Popup,
  setWorkerUrl,
} from "maplibre-gl";
