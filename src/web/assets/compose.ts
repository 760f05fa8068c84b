// The script of forms with pictures: what is chosen is made small enough before it is sent, and shown as it will be. Without it the
// form sends pictures as they are.

/** A picture goes as it is where it is small; one that may move is left alone. */
export const COMPOSE = `(() => {
  const { smaller } = document.currentScript.dataset;
  const EDGE = 2000, BYTES = 950000;
  let busy = Promise.resolve(), working = 0;
  const drawn = (bitmap, edge) => {
    const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  };
  const encoded = (canvas, quality) => new Promise((done) => canvas.toBlob(done, 'image/webp', quality));
  const shrunk = async (file, bitmap) => {
    let best = null;
    for (const edge of [EDGE, 1500, 1000]) {
      const canvas = drawn(bitmap, edge);
      for (const quality of [0.85, 0.7, 0.5]) {
        best = await encoded(canvas, quality);
        if (best && best.size <= BYTES) return best;
      }
    }
    return best && best.size < file.size ? best : null;
  };
  const look = async (input) => {
    const [file] = input.files;
    input.parentNode.querySelectorAll('.look').forEach((old) => old.remove());
    if (!file) return;
    let bitmap;
    try { bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }); } catch { return; }
    const thumb = drawn(bitmap, 240);
    thumb.className = 'look';
    thumb.setAttribute('aria-hidden', 'true');
    input.after(thumb);
    const isSmall = file.size <= BYTES && Math.max(bitmap.width, bitmap.height) <= EDGE;
    const blob = isSmall || file.type === 'image/gif' ? null : await shrunk(file, bitmap);
    bitmap.close();
    if (!blob || input.files[0] !== file) return;
    const chosen = new DataTransfer();
    const ending = blob.type === 'image/webp' ? '.webp' : '.png';
    chosen.items.add(new File([blob], file.name.replace(/\\.[^.]*$/, '') + ending, { type: blob.type }));
    input.files = chosen.files;
    const note = document.createElement('p');
    note.className = 'hint look';
    note.setAttribute('role', 'status');
    note.textContent = smaller.replace('#', Math.ceil(blob.size / 1000));
    thumb.after(note);
  };
  document.addEventListener('change', ({ target }) => {
    if (target.type !== 'file') return;
    working++;
    busy = busy.then(() => look(target)).catch(() => {}).finally(() => { working--; });
  });
  document.addEventListener('submit', (event) => {
    if (!working) return;
    event.preventDefault();
    const { target, submitter } = event;
    // Not within this event: browsers pass over what is sent while they tell of another sending.
    busy.finally(() => setTimeout(() => target.requestSubmit(submitter)));
  });
})();
`;
