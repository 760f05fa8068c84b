// The script of the page of sign-in: while one writes a handle, it offers those that the instance knows. Without it one writes it oneself.

/** The field is the browser's own combobox: the list is filled, and the browser tells of it and takes the choice. */
export const NAMES = `(() => {
  const field = document.getElementById('who');
  const list = document.getElementById('names');
  let timer = 0;
  let last = '';
  const show = (names) => {
    list.replaceChildren(...names.map((name) => Object.assign(document.createElement('option'), { value: name })));
  };
  field.addEventListener('input', () => {
    const q = field.value.trim();
    clearTimeout(timer);
    if (q.length < 2 || q === last) return;
    timer = setTimeout(async () => {
      last = q;
      const answer = await fetch('/login/names?q=' + encodeURIComponent(q)).catch(() => null);
      if (answer && answer.ok && last === q) show((await answer.json()).names);
    }, 200);
  });
})();
`;
