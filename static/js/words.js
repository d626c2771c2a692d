// Words that count, from the attributes of an element: data-pill-one="1 new reply" data-pill-other="{n} new replies".
const rules = new Intl.PluralRules(document.documentElement.lang);

export function words(element, name, n) {
  const form = rules.select(n) === "one" ? "One" : "Other";
  return (element.dataset[name + form] ?? "").replace("{n}", n.toLocaleString(document.documentElement.lang));
}
