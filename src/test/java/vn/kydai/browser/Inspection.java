package vn.kydai.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What can be measured in any page of ours: whether its text fits and whether everybody can read it. */
public final class Inspection {
    /**
     * Text that does not fit its box, and text that something cuts off or that leaves the screen. What is for ears only and
     * the ticker, which may end in an ellipsis, apart. A line's box is higher than its letters, so those may overhang.
     */
    private static final String CLIPPED = """
            const shown = (e) => e && e.checkVisibility({ visibilityProperty: true }) && !e.closest('.vh, .ev, .uplot, noscript, option');
            const words = (e) => e.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60);
            const small = [...document.querySelectorAll('main *')]
              .filter((e) => !(e instanceof SVGElement) && shown(e) && getComputedStyle(e).display !== 'inline' && !/INPUT|SELECT/.test(e.tagName))
              .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 12 * innerWidth / 1920)
              .map((e) => `${e.tagName}.${e.className} ${words(e)}: ${e.scrollWidth}×${e.scrollHeight} in ${e.clientWidth}×${e.clientHeight}`);
            const cut = [];
            const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
            for (let text = texts.nextNode(); text; text = texts.nextNode()) {
              if (!text.data.trim() || !shown(text.parentElement)) continue;
              const range = document.createRange();
              range.selectNodeContents(text);
              const box = range.getBoundingClientRect();
              const slack = Math.max(1, box.height - parseFloat(getComputedStyle(text.parentElement).fontSize));
              for (let e = text.parentElement; e !== document.body; e = e.parentElement) {
                const clips = ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) || e.id === 'stage';
                const room = e.getBoundingClientRect();
                if (clips && (box.left < room.left - 1 || box.right > room.right + 1 || box.top < room.top - slack || box.bottom > room.bottom + slack)) {
                  cut.push(`“${text.data.trim()}” leaves ${e.tagName}.${e.className?.baseVal ?? e.className}`);
                  break;
                }
              }
            }
            return [...small, ...cut];""";

    private static final String AXE = axe();
    private static final String VIOLATIONS = """
            return axe.run(document, { preload: false, resultTypes: ['violations'], runOnly:
                ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
              .then(({ violations, passes }) => passes.length < 10 ? [`axe looked at ${passes.length} rules only`]
                : violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).slice(0, 3)}`));""";

    private Inspection() {}

    /** Texts that do not fit. */
    static List<String> clipped(Browser browser) {
        return strings(browser.ask(CLIPPED));
    }

    /** What axe-core finds against WCAG 2.0 to 2.2 A and AA and its best practices. */
    public static List<String> violations(Browser browser) {
        browser.run(AXE);
        return strings(browser.ask(VIOLATIONS));
    }

    private static List<String> strings(Object found) {
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (InputStream script = Inspection.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
