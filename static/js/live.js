// Tells the page of `flask courses preview` that a file was saved; without it the page is loaded again by hand.
const source = document.querySelector("[data-live]");
if (source) {
  new EventSource(source.dataset.live).addEventListener("saved", () => {
    document.body.dispatchEvent(new CustomEvent("saved"));
  });
}
