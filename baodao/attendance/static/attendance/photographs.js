/* Photographs of the paper sheet: the codes in them are read in this browser, and no picture leaves it.
   What was read is ticked here and written into the field below, which is sent as if it were typed. */

const place = document.getElementById("photographs");
const { reader, wasm, read: wordsRead, strange: wordsStrange, none: wordsNone, unable: wordsUnable } = place.dataset;
const filled = (words, facts) => words.replace(/\{(\w+)\}/g, (_whole, name) => facts[name]);
const boxes = [...place.querySelectorAll("input[type=checkbox]")];
const list = place.querySelector("[data-rows]");
const outcome = place.querySelector("[data-outcome]");
const field = document.querySelector("textarea[name=rows]");
const codes = () => new Set(boxes.map((box) => box.value));

/* The reader weighs a megabyte: it comes with the first photograph. */
let loading = null;
const load = () => {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = reader;
    script.onload = () => resolve(window.ZXingWASM);
    script.onerror = reject;
    document.head.append(script);
  }).then((zxing) => {
    zxing.prepareZXingModule({ overrides: { locateFile: () => wasm } });
    return zxing;
  });
  return loading;
};

/* The whole picture, then its parts, which overlap: a code is larger in them, and fewer stand together.
   Small ones are enlarged: a code of fewer than three pixels a module is often missed. */
const PARTS = 3;
const OVERLAP = 0.25;
const LEAST_PIXELS = 3000;
const MOST_PIXELS = 4000;
const MOST_ENLARGED = 4;
function* cuts({ width, height }) {
  yield [0, 0, width, height];
  const [wide, high] = [width / PARTS, height / PARTS];
  for (let row = 0; row < PARTS; row += 1) {
    for (let column = 0; column < PARTS; column += 1) {
      yield [Math.max(0, (column - OVERLAP) * wide), Math.max(0, (row - OVERLAP) * high), (1 + 2 * OVERLAP) * wide, (1 + 2 * OVERLAP) * high];
    }
  }
}
const pixels = (picture, [left, top, width, height]) => {
  const longest = Math.max(width, height);
  const scale = Math.min(MOST_ENLARGED, Math.max(1, LEAST_PIXELS / longest), MOST_PIXELS / longest);
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(width * scale), height: Math.round(height * scale) });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
};

const codesIn = async (file) => {
  const zxing = await load();
  const picture = await createImageBitmap(file);
  const seen = new Set();
  for (const cut of cuts(picture)) {
    const options = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 255 };
    for (const { text } of await zxing.readBarcodes(pixels(picture, cut), options)) seen.add(text);
    if ([...codes()].every((code) => seen.has(code))) break;
  }
  picture.close();
  return seen;
};

/* A tick is a line of the field; what was typed there stays. */
const write = () => {
  const typed = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const lineOf = (code) => typed.find((line) => line.toUpperCase().startsWith(code));
  const own = boxes.filter((box) => box.checked).map((box) => lineOf(box.value) ?? box.value);
  const others = typed.filter((line) => !boxes.some((box) => line.toUpperCase().startsWith(box.value)));
  field.value = [...own, ...others].join("\n");
};

const take = async (files) => {
  const said = [];
  const strange = new Set();
  for (const file of files) {
    const seen = await codesIn(file).catch(() => null);
    if (!seen) said.push(filled(wordsUnable, { name: file.name }));
    else if (!seen.size) said.push(filled(wordsNone, { name: file.name }));
    for (const code of seen ?? []) if (!codes().has(code)) strange.add(code);
    for (const box of boxes) if (seen?.has(box.value)) box.checked = true;
  }
  const read = boxes.filter((box) => box.checked).length;
  said.unshift(filled(wordsRead, { read, all: boxes.length }));
  if (strange.size) said.push(filled(wordsStrange, { codes: [...strange].join("、") }));
  list.hidden = false;
  outcome.textContent = said.join(" ");
  write();
};

for (const box of boxes) box.addEventListener("change", write);
place.querySelector("input[type=file]").addEventListener("change", async (event) => {
  const { target } = event;
  target.disabled = true;
  await take([...target.files]);
  target.value = "";
  target.disabled = false;
});
place.hidden = false;
