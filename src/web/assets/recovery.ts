// Makes a recovery key where a group account is made: in the browser, which sends only the public half. What it says are attributes of
// its own element.

/**
 * P-256 by WebCrypto, written as the directory (`did:key`) and other programs (a multibase secret) read it. The form is not sent
 * before the founder says that the file is kept.
 */
export const RECOVERY = `(() => {
  const words = document.currentScript.dataset;
  const field = document.getElementById('recovery');
  if (!field || !window.crypto || !crypto.subtle) return;
  const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  const base58 = (bytes) => {
    let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    let text = '';
    for (; number > 0n; number /= 58n) text = letters[Number(number % 58n)] + text;
    return text;
  };
  const bytesOf = (text) => Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  const make = async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const { x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
    const point = [bytesOf(y)[31] % 2 ? 3 : 2].concat(bytesOf(x));
    return { did: 'did:key:z' + base58([0x80, 0x24].concat(point)), secret: 'z' + base58([0x86, 0x26].concat(bytesOf(d))) };
  };
  const element = (name, values) => Object.assign(document.createElement(name), values);
  const box = document.getElementById('recovery-box');
  const button = element('button', { type: 'button', className: 'quiet', textContent: words.make });
  const made = element('div', { className: 'made' });
  made.setAttribute('role', 'status');
  box.append(button, made);
  button.onclick = async () => {
    const { did, secret } = await make();
    field.value = did;
    const name = (document.getElementById('name').value || 'group') + document.getElementById('domain').value;
    const file = ['Recovery key of the group account ' + name, '', 'Public:  ' + did, 'Secret:  ' + secret, '', words.secret, ''].join('\\n');
    const save = element('a', {
      className: 'button',
      href: URL.createObjectURL(new Blob([file], { type: 'text/plain' })),
      download: 'recovery-key-' + name + '.txt',
      textContent: words.save,
    });
    const shown = element('p', { className: 'key', textContent: secret });
    const kept = element('label', {});
    kept.append(element('input', { type: 'checkbox', required: true }), ' ' + words.saved);
    const choice = element('p', { className: 'choices' });
    choice.append(kept);
    made.replaceChildren(shown, element('p', { className: 'hint', textContent: words.secret }), save, choice);
  };
})();
`;
