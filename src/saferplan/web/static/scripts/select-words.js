// Lets words be selected in the page, to be taken out: with mouse, finger or keyboard.
// Without it they are ticked or typed, and the texts stand there to be read.
const AROUND = 60;
const form = document.querySelector("[data-select-words]");
const runs = form.querySelector("[data-runs]");
const texts = [...form.querySelectorAll("[data-text]")];
let selected = null; // the newest selection within one text: {text, range}

// The server counts characters as people do; a script counts some of them twice.
const characters = (text) => [...text];

function startOf(text, range) {
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  return characters(before.toString()).length;
}

function rangeOf(text, start, end) {
  const whole = characters(text.textContent);
  const range = document.createRange();
  const ends = [start, end].map((at) => whole.slice(0, at).join("").length);
  const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let passed = 0;
  while (nodes.nextNode()) {
    const { length } = nodes.currentNode;
    const [first, last] = ends.map((at) => at - passed);
    if (first >= 0 && first < length) range.setStart(nodes.currentNode, first);
    if (last > 0 && last <= length) range.setEnd(nodes.currentNode, last);
    passed += length;
  }
  return range;
}

function timesThere(words) {
  const plain = (part) => part.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&");
  const form = words.split(/\s+/).map(plain).join("\\s+");
  const whole = new RegExp(`(?<![\\p{L}\\p{N}_])${form}(?![\\p{L}\\p{N}_])`, "giu");
  return texts.flatMap((text) => text.textContent.match(whole) ?? []).length;
}

// Shows in the texts what is suggested, and what is to go.
function draw() {
  if (!CSS.highlights) return;
  const marks = { suggested: new Highlight(), chosen: new Highlight() };
  for (const box of form.querySelectorAll("input[data-place]")) {
    const text = texts.find((each) => each.dataset.text === box.dataset.place);
    const { start, end } = box.dataset;
    const range = rangeOf(text, Number(start), Number(end));
    if (box.checked) marks.chosen.add(range);
    else if (box.name === "run") marks.suggested.add(range);
  }
  for (const [name, mark] of Object.entries(marks)) CSS.highlights.set(name, mark);
}

function choose(said) {
  const words = selected?.range.toString().trim();
  if (!words) {
    said.textContent = "Select some words first.";
    return;
  }
  const { text, range } = selected;
  const whole = range.toString();
  const blank = whole.length - whole.trimStart().length;
  const start = startOf(text, range) + blank;
  const end = start + characters(words).length;
  const value = `${text.dataset.text}:${start}:${end}:${words}`;
  const there = [...runs.querySelectorAll("input")].find((box) => box.value === value);
  if (there) there.checked = true;
  else runs.append(item(text, start, end, words, value));
  form.querySelector("[data-chosen]").hidden = false;
  said.textContent = `Chosen to be taken out: ${words}`;
  getSelection().collapseToEnd();
  draw();
}

function item(text, start, end, words, value) {
  const made = form.querySelector("[data-run]").content.cloneNode(true);
  const number = runs.children.length + 1;
  const box = made.querySelector("input");
  box.id = made.querySelector("label").htmlFor = `selected-${number}`;
  Object.assign(box.dataset, { place: text.dataset.text, start, end });
  box.value = value;
  const whole = characters(text.textContent);
  const before = whole.slice(Math.max(0, start - AROUND), start).join("");
  const after = whole.slice(end, end + AROUND).join("");
  made.querySelector("[data-before]").textContent =
    (start > AROUND ? "…" : "") + before;
  made.querySelector("mark").textContent = words;
  made.querySelector("[data-after]").textContent =
    after + (end + AROUND < whole.length ? "…" : "");
  const about = made.querySelector(".govuk-hint");
  about.id = `${box.id}-about`;
  box.setAttribute("aria-describedby", about.id);
  const times = timesThere(words);
  const title = text.closest("[data-title]").dataset.title;
  about.textContent =
    times < 2
      ? `${title}. It stands there once.`
      : `${title}. The same words stand in this response ${times} times: all go.`;
  return made;
}

function noteSelection() {
  const now = getSelection();
  const text = texts.find(
    (each) => each.contains(now.anchorNode) && each.contains(now.focusNode),
  );
  if (!text) return; // it left the texts: what was selected there still is
  selected = now.isCollapsed ? null : { text, range: now.getRangeAt(0).cloneRange() };
}

// A text that can be gone through with the arrow keys, and in which nothing can change.
function makeSelectable(text) {
  const said = text.parentElement.querySelector("[data-said]");
  const kept = text.innerHTML;
  text.contentEditable = "true";
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  text.setAttribute("aria-readonly", "true");
  text.inputMode = "none";
  text.spellcheck = false;
  text.addEventListener("beforeinput", (event) => event.preventDefault());
  text.addEventListener("dragstart", (event) => event.preventDefault());
  text.addEventListener("input", () => {
    text.innerHTML = kept; // what no browser lets us prevent
    draw();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    choose(said);
  });
  const button = text.parentElement.querySelector("[data-choose]");
  button.hidden = false;
  let held = null; // a finger on the button ends the selection before the click
  button.addEventListener("pointerdown", () => (held = selected));
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    selected ??= held;
    held = null;
    choose(said);
  });
}

texts.forEach(makeSelectable);
form.querySelector("[data-how]").hidden = false;
document.addEventListener("selectionchange", noteSelection);
form.addEventListener("change", draw);
draw();
