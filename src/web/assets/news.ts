// The script of lists of posts: it listens to the space's stream and offers what has come since, as a link
// to the page itself. What it is to listen to, and the words, are attributes of its own element.

/** A page that nobody looks at opens no connection; one that is refused is not tried again. */
export const NEWS = `(() => {
  const { stream, section, sections, first, one, many } = document.currentScript.dataset;
  const list = document.querySelector('.posts, .empty');
  if (!list) return;
  const box = document.createElement('p');
  box.className = 'news';
  box.setAttribute('role', 'status');
  list.before(box);
  const fresh = new Set();
  const isHere = ({ collection, record }) =>
    !section || (sections.split(' ').includes(record.section) ? record.section === section : first.split(' ').includes(collection));
  const hear = ({ data }) => {
    const { did, commit } = JSON.parse(data);
    if (!commit) return;
    const uri = did + commit.collection + commit.rkey;
    if (commit.operation === 'delete') fresh.delete(uri);
    else if (commit.operation === 'create' && isHere(commit)) fresh.add(uri);
    const link = document.createElement('a');
    link.href = location.pathname;
    link.textContent = fresh.size === 1 ? one : many.replace('#', fresh.size);
    box.replaceChildren(...(fresh.size ? [link] : []));
  };
  let wait = 15000;
  const open = () => {
    if (document.hidden) return document.addEventListener('visibilitychange', open, { once: true });
    const socket = new WebSocket(location.origin.replace('http', 'ws') + stream);
    socket.onopen = () => { wait = 15000; };
    socket.onmessage = hear;
    socket.onclose = ({ code }) => {
      wait = Math.min(wait * 2, 600000);
      if (code !== 1008) setTimeout(open, wait * (1 + Math.random()));
    };
  };
  (window.requestIdleCallback || setTimeout)(open);
})();
`;
