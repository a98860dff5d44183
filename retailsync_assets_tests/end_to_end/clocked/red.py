"""What the Dagster UI shows in red, by the colours that the browser has computed."""

from retailsync_assets_tests.servers.browser import Tab

RED = """
[...document.querySelectorAll("body *")].filter(each => {
  const style = getComputedStyle(each), box = each.getBoundingClientRect()
  const told = each.childElementCount === 0 ? ["color", "backgroundColor", "fill"] : ["backgroundColor"]
  return box.width > 0 && style.visibility === "visible" && told.some(name => {
    const [red, green, blue, solid] = [...style[name].matchAll(/[\\d.]+/g)].map(found => Number(found[0]))
    return red > 120 && red > 2 * green && red > 2 * blue && (solid ?? 1) > 0.3
  })
}).map(each => (each.innerText ?? each.getAttribute("aria-label") ?? each.tagName).trim() || each.tagName)
"""


def red(tab: Tab) -> list[str]:
    """The texts of all elements that can be seen and are red; an icon by its name."""
    return tab.evaluate(RED)
