(function () {
  "use strict";
  var lit = [];
  function light(event) {
    lit.forEach(function (one) { one.classList.remove("on"); });
    lit = [];
    var at = event.target.closest ? event.target.closest("[data-s]") : null;
    var story = at && at.closest("article");
    if (!story) { return; }
    var number = at.dataset.s.split(" ").pop();
    lit = Array.from(story.querySelectorAll('[data-s~="' + number + '"]'));
    lit.forEach(function (one) { one.classList.add("on"); });
  }
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);

  // Review by keyboard: j and k walk the cards, figures press the card's own buttons.
  var cards = Array.from(document.querySelectorAll(".card")).filter(function (card) {
    return card.querySelector(":scope > .foot .judge");
  });
  var current = -1;
  function show(number) {
    if (!cards.length) { return; }
    if (current >= 0) { cards[current].classList.remove("current"); }
    current = Math.min(Math.max(number, 0), cards.length - 1);
    cards[current].classList.add("current");
    cards[current].scrollIntoView({ block: "center" });
    history.replaceState(null, "", "#" + cards[current].id);
  }
  function press(key) {
    var card = cards[current];
    var wanted = key === "u" ? document.querySelector('[data-key="u"]')
      : card && card.querySelector(':scope > .foot [data-key="' + (key === "5" ? "4" : key) + '"]');
    if (!wanted) { return; }
    if (key === "5") { location.href = wanted.getAttribute("href") + "#voice"; return; }
    wanted.click();
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.target.closest("input, textarea, select")) { return; }
    if (event.key === "j") { show(current + 1); }
    else if (event.key === "k") { show(current - 1); }
    else if ("12345u".indexOf(event.key) >= 0) { press(event.key); }
    else { return; }
    event.preventDefault();
  });
  var here = location.hash.slice(1);
  var start = cards.findIndex(function (card) { return card.id === here; });
  if (start >= 0) { show(start); }
  else if (cards.length === 1) { current = 0; }

  // Words that are right instead, by selecting them.
  var form = document.getElementById("words");
  var take = form && form.querySelector(".take");
  if (!take) { return; }
  take.hidden = false;
  var picked = null;
  document.addEventListener("selectionchange", function () {
    var chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) { return; }
    var range = chosen.getRangeAt(0);
    var from = range.startContainer.parentElement && range.startContainer.parentElement.closest("[data-at]");
    if (!from) { return; }
    var before = document.createRange();
    before.setStart(from, 0);
    before.setEnd(range.startContainer, range.startOffset);
    picked = { words: text(range), at: Number(from.dataset.at) + text(before).length };
  });
  function text(range) {
    var copy = range.cloneContents();
    copy.querySelectorAll("sup, .cards").forEach(function (one) { one.remove(); });
    return copy.textContent;
  }
  take.addEventListener("click", function (event) {
    var role = event.target.dataset && event.target.dataset.take;
    if (!role || !picked || !picked.words.trim()) { return; }
    form.elements[role].value = picked.words.trim();
    form.elements[role + "_at"].value = picked.at;
  });
})();
