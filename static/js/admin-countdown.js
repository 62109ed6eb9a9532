// Counts down to the edition's hour, by the server's clock; the hour itself stands on the page without this.
"use strict";

const shown = document.getElementById("countdown");
if (shown) {
  const hour = Date.parse(shown.dataset.until);
  const ahead = Date.parse(shown.dataset.now) - Date.now();
  const tick = () => {
    const left = Math.ceil((hour - Date.now() - ahead) / 1000);
    shown.hidden = false;
    shown.textContent = left > 0 ? `${inWords(left)} left` : "The hour has come. Look at the page again.";
    if (left > 0) setTimeout(tick, 1000 - ((Date.now() + ahead) % 1000));
  };
  tick();
}

function inWords(seconds) {
  const days = Math.floor(seconds / 86400);
  const clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(part => String(Math.floor(part)).padStart(2, "0"));
  return `${days ? `${days} day${days === 1 ? "" : "s"} and ` : ""}${clock.join(":")}`;
}
