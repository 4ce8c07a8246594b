// Security keys: the one thing of these pages that only a script can do. The server asks in data-options and checks the answer.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

async function made(asked) {
  const publicKey = {
    ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: known(asked.excludeCredentials)
  };
  const { response, ...key } = await told(navigator.credentials.create({ publicKey }));
  return { ...key, response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) } };
}

async function used(asked) {
  const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) };
  const { response, ...key } = await told(navigator.credentials.get({ publicKey }));
  return {
    ...key,
    response: {
      clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData),
      signature: text(response.signature), userHandle: response.userHandle ? text(response.userHandle) : null
    }
  };
}

async function told(answer) {
  const credential = await answer;
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: credential.response, clientExtensionResults: {} };
}

document.querySelectorAll('form[data-key-ceremony]').forEach((form) => {
  const said = form.querySelector('[data-key-said]');
  form.addEventListener('submit', async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    said.textContent = '';
    if (!window.PublicKeyCredential) { said.textContent = form.dataset.missing; return; }
    try {
      const asked = JSON.parse(form.dataset.options);
      const answer = await (form.dataset.keyCeremony === 'create' ? made(asked) : used(asked));
      form.elements.credential.value = JSON.stringify(answer);
      form.requestSubmit();
    } catch {
      said.textContent = form.dataset.failed;
    }
  });
});
