// Passkeys (WebAuthn), all optional: without this script the other ways stay.
//
//   form[data-passkey=get|create]   its [data-passkey-go] button, hidden until here, asks the browser for a passkey;
//                                   the answer goes into input[name=credential], and the form is sent
//   data-options                    what the server asks for, as JSON, or
//   data-options-url                where to fetch it
//   [data-passkey-failed], [data-passkey-none]   words for a refusal, and for a browser or an address without passkeys
//   [data-passkey-unnamed]          words for an address that is a number: a passkey belongs to a name

const named = !/^(?:\d+(?:\.\d+){3}|\[.*\])$/.test(location.hostname);
const able = Boolean(window.PublicKeyCredential && navigator.credentials);

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// What PublicKeyCredential.parse…FromJSON does, for browsers of before 2025.
function opened(options) {
  const list = (many) => many?.map((one) => ({ ...one, id: bytes(one.id) }));
  const known = { ...options, challenge: bytes(options.challenge) };
  if (options.user) known.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) known.excludeCredentials = list(options.excludeCredentials);
  if (options.allowCredentials) known.allowCredentials = list(options.allowCredentials);
  return known;
}

// What credential.toJSON() does.
function told(credential) {
  const response = { clientDataJSON: words(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = words(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: words(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function asked(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
  const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).publicKey;
}

async function go(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const publicKey = opened(await asked(form));
    const act = form.dataset.passkey === "create" ? "create" : "get";
    form.elements.credential.value = JSON.stringify(told(await navigator.credentials[act]({ publicKey })));
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const none = form.querySelector("[data-passkey-none]");
  const unnamed = form.querySelector("[data-passkey-unnamed]");
  if (able || !named) {
    if (none) none.hidden = true;
  }
  if (unnamed) unnamed.hidden = named;
  if (!able || !named) continue;
  const button = form.querySelector("[data-passkey-go]");
  button.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.reportValidity()) go(form);
  });
}
