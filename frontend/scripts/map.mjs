// What our map module needs of MapLibre, so that it imports one file.
export { LngLatBounds, Map, setWorkerUrl } from "maplibre-gl";
