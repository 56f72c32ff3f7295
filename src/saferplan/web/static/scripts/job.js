// Keeps the page of a job up to date. Without it there is a link to look again.
const job = document.querySelector("#job");
const bar = job.querySelector("progress");

async function look() {
  const response = await fetch(job.dataset.progress, { cache: "no-store" });
  if (!response.ok) return;
  const now = await response.json();
  if (now.over) {
    location.reload();
    return;
  }
  if (now.percent === null) bar.removeAttribute("value");
  else bar.value = now.percent;
  const message = job.querySelector("[data-message]");
  if (message.textContent !== now.message) message.textContent = now.message;
}

if (job.dataset.over === "no") setInterval(look, 2000);
