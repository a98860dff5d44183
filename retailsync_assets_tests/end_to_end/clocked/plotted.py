"""What the charts of an asset's page have drawn, by the dots of their canvases."""

from retailsync_assets_tests.servers.browser import Tab

SPANS = """
Object.fromEntries([...document.querySelectorAll("canvas")].map(canvas => {
  const {width, height} = canvas, dots = canvas.getContext("2d").getImageData(0, 0, width, height).data
  let first = width, last = -1
  for (let at = 0; at < dots.length; at += 4) {
    const [red, green, blue, solid] = dots.slice(at, at + 4)
    if (solid > 99 && Math.max(red, green, blue) - Math.min(red, green, blue) > 99) {
      first = Math.min(first, at / 4 % width)
      last = Math.max(last, at / 4 % width)
    }
  }
  return [canvas.parentElement.parentElement.parentElement.innerText.trim(), Math.max(last - first, 0) / width]
}))
"""
"""Grid, axes and their labels are grey: only the line through the figures has a colour."""


def plotted(tab: Tab) -> dict[str, float]:
    """How much of its chart's width the line of each figure spans; 0 for one that has no point, or a single one."""
    return tab.evaluate(SPANS)
