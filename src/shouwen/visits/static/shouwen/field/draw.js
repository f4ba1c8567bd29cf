// The pad for signatures, and pictures made small before they are kept.
import { h, w } from "./frame.js";

const LONGEST = 1920;

export function pad() {
  const canvas = h("canvas", { class: "pad", width: 640, height: 280, "aria-label": w("sign_here"), role: "img" });
  const pen = canvas.getContext("2d");
  let drawing = false;
  let strokes = 0;
  const at = (event) => {
    const place = canvas.getBoundingClientRect();
    return [(event.clientX - place.left) * canvas.width / place.width, (event.clientY - place.top) * canvas.height / place.height];
  };
  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.strokeStyle = "#16222a";
    strokes = 0;
  };
  clear();
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    strokes += 1;
    canvas.setPointerCapture?.(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  for (const kind of ["pointerup", "pointercancel"]) canvas.addEventListener(kind, () => { drawing = false; });
  return { canvas, clear, isEmpty: () => strokes === 0, jpeg: () => jpeg(canvas) };
}

async function jpeg(canvas) {
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob.arrayBuffer();
}

// A picture from the camera, at most 1920 pixels long. What cannot be drawn is sent as it is.
export async function small(file) {
  try {
    const picture = await createImageBitmap(file);
    const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = h("canvas", { width: Math.round(picture.width * share), height: Math.round(picture.height * share) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await jpeg(canvas);
  } catch {
    return file.arrayBuffer();
  }
}
