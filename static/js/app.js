// Makes pages quicker; every page works without it.
const { dataset } = document.body;
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}

const frontend = await import(dataset.frontend);
const components = ["Button", "CharacterCount", "ErrorSummary", "NotificationBanner", "Radios", "Checkboxes", "SkipLink"];

/** Start the GOV.UK components that are in this part of the page and not yet running. */
function start(scope) {
  for (const name of components) {
    frontend.createAll(frontend[name], {}, scope);
  }
}

/** Make the title follow the heading, as it would on a page that was loaded whole. */
function retitle(main) {
  const heading = main.querySelector("h1");
  if (heading) {
    const failed = main.querySelector(".govuk-error-summary") ? `${dataset.error} ` : "";
    document.title = `${failed}${heading.textContent.trim().replace(/\s+/g, " ")}, ${dataset.site}`;
  }
}

/** Show where the answer is to the person who asked for it; a page that moved by itself keeps the focus. */
function lead(part, cause) {
  const heading = part.querySelector("[data-focus]");
  if (heading && cause?.isTrusted) {
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  }
}

/** Let the button say what is chosen, where the choice says what it would do. */
document.addEventListener("change", ({ target }) => {
  const button = target.dataset?.says && target.form?.querySelector("button:not([name])");
  if (button) {
    button.textContent = target.dataset.says;
  }
});

start(document);

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  const part = detail.target?.isConnected ? detail.target : detail.elt;
  const main = document.getElementById("main");
  start(part);
  if (main?.contains(part)) {
    retitle(main);
  }
  lead(part, detail.requestConfig?.triggeringEvent);
});

const trouble = document.querySelector("[data-trouble]");
for (const [event, hidden] of [
  ["htmx:beforeRequest", true],
  ["htmx:responseError", false],
  ["htmx:sendError", false],
]) {
  document.body.addEventListener(event, () => {
    trouble.hidden = hidden;
  });
}
