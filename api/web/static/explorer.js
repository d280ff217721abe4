// Sends the forms of the explorer from the page, and shows what comes back: status, time, the command line, the answer.

// A key that is typed here is kept in this field alone; where somebody is logged in, there is none.
const key = document.getElementById("tried-with");

for (const hidden of document.querySelectorAll(".with-script")) hidden.hidden = false;
for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  form.addEventListener("input", () => tellCommand(form));
}

async function send(form) {
  const place = form.closest(".operation");
  const shown = place.querySelector(".shown");
  const what = place.querySelector(".what");
  const button = form.querySelector("button.main");
  const asked = request(form);
  tellCommand(form);
  shown.setAttribute("aria-busy", "true");
  what.textContent = "Waiting for the answer…";
  what.classList.remove("bad");
  button.disabled = true;
  const begun = performance.now();
  try {
    const carried = key?.value.trim() ? { Authorization: `Bearer ${key.value.trim()}` } : {};
    const headers = { ...asked.headers, ...carried };
    const answer = await fetch(asked.address, { method: asked.method, headers, body: asked.body });
    const text = await answer.text();
    const took = Math.round(performance.now() - begun);
    const weight = new Blob([text]).size.toLocaleString("en");
    what.textContent = `Answer: ${answer.status} ${answer.statusText}, ${took} ms, ${weight} bytes`;
    what.classList.toggle("bad", !answer.ok);
    shown.textContent = told(text, answer);
  } catch (failure) {
    what.textContent = "No answer";
    what.classList.add("bad");
    shown.textContent = `The server did not answer: ${failure.message}. Is it still running?`;
  } finally {
    shown.setAttribute("aria-busy", "false");
    button.disabled = false;
  }
}

function request(form) {
  const given = [...form.elements].filter((each) => each.name && each.name !== "operation");
  let address = form.dataset.path;
  const rest = new URLSearchParams();
  const headers = {};
  const parts = new FormData();
  for (const each of given) {
    const value = each.value.trim();
    if (each.dataset.part !== undefined) addPart(parts, each);
    else if (value === "") continue;
    // Headers are bytes; names in other scripts go as UTF-8.
    else if (each.dataset.header !== undefined) headers[each.name] = bytes(value);
    else if (address.includes(`{${each.name}}`)) address = address.replace(`{${each.name}}`, encodeURIComponent(value));
    else rest.append(each.name, value);
  }
  if ([...rest].length) address += `?${rest}`;
  const written = form.querySelector("[data-body]");
  if (written) headers["Content-Type"] = "application/json";
  const body = written ? written.value : [...parts].length ? parts : undefined;
  return { method: form.dataset.method, address, headers, body };
}

function addPart(parts, field) {
  if (field.type === "file") for (const file of field.files) parts.append(field.name, file);
  else if (field.value.trim() !== "") parts.append(field.name, field.value.trim());
}

function bytes(text) {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function tellCommand(form) {
  const { method, address, headers, body } = request(form);
  const lines = [method === "GET" ? "curl" : `curl -X ${method}`];
  if (form.dataset.keyed !== undefined) lines.push('-H "Authorization: Bearer $PROVENANCE_KEY"');
  for (const [name, value] of Object.entries(headers)) {
    lines.push(`-H ${quoted(`${name}: ${new TextDecoder().decode(Uint8Array.from(value, (c) => c.charCodeAt(0)))}`)}`);
  }
  if (typeof body === "string") lines.push(`-d ${quoted(body)}`);
  else if (body) for (const [name, value] of body) lines.push(`-F ${quoted(`${name}=${value.name ? `@${value.name}` : value}`)}`);
  lines.push(quoted(form.dataset.base + address));
  form.closest(".operation").querySelector(".curl").textContent = lines.join(" ");
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function told(text, answer) {
  if (text === "") return "There is no body.";
  const kind = answer.headers.get("content-type") ?? "";
  return kind.includes("json") ? JSON.stringify(JSON.parse(text), null, 2) : text.slice(0, 20000);
}
