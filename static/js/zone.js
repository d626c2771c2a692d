// Fills the browser's time zone into forms that ask for it.
for (const input of document.querySelectorAll("input[data-fill=zone]")) {
  input.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

// Offers it where a zone is chosen from a list.
for (const offer of document.querySelectorAll("[data-offer-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const select = document.getElementById(offer.dataset.offerZone);
  const button = offer.querySelector("button");
  if (!zone || select.value === zone || ![...select.options].some((option) => option.value === zone)) continue;
  button.textContent = button.dataset.words.replace("{zone}", zone);
  offer.hidden = false;
  button.addEventListener("click", () => {
    select.value = zone;
    offer.hidden = true;
    select.focus();
  });
}
