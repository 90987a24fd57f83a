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
})();
