package vn.kydai.browser;

import java.util.List;

/** A wall page in a browser, read as a viewer reads it. */
record WallPage(Browser browser) {
    /** Panels are drawn once the first document has told which; then its figures come. */
    private static final String PAINTED =
            "return document.querySelector('.kpi#kpi-received .v span')?.textContent.trim() !== '—'"
                    + " && document.querySelector('.alarms .counts')?.children.length ? 1 : 0";

    /** Text that does not fit its box; what is for ears only and the ticker, which may end in an ellipsis, apart. */
    private static final String CLIPPED = "return [...document.querySelectorAll('#stage *')]"
            + ".filter(e => !(e instanceof SVGElement) && !e.closest('.vh, .ev, .uplot'))"
            + ".filter(e => getComputedStyle(e).display !== 'inline' && e.checkVisibility())"
            + ".filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 12)"
            + ".map(e => `${e.tagName}.${e.className} ${e.innerText} ${e.scrollWidth}×${e.scrollHeight}`"
            + "+ ` in ${e.clientWidth}×${e.clientHeight}`)";

    /** Opens the page with a good token and waits until it is painted. */
    static WallPage open(Browser browser, WallServer server, String query) {
        browser.open(server.url("/wall?" + query + "#token=" + WallServer.TOKEN));
        browser.awaitLink("live");
        browser.await("painted", () -> browser.count(PAINTED) > 0);
        return new WallPage(browser);
    }

    /** Opens the public screen of a desk and waits until it is painted. */
    static WallPage openCounter(Browser browser, WallServer server, String query) {
        browser.open(server.url("/counter?" + query + "#token=" + WallServer.TOKEN));
        browser.awaitLink("live");
        browser.await("painted", () -> browser.count("return document.querySelectorAll('.digits li').length") > 0);
        return new WallPage(browser);
    }

    String kpi(String id) {
        return browser.text("#kpi-" + id + " .v span");
    }

    String caption(String id) {
        return browser.text("#kpi-" + id + " .r");
    }

    /** Titles of what needs attention. */
    List<String> titles() {
        return browser.texts(".alist .l1 b");
    }

    /** The desk table, one line a row. */
    List<String> desks() {
        return browser.texts(".desks tbody tr").stream()
                .map(row -> row.replaceAll("\\s+", " "))
                .toList();
    }

    List<String> clipped() {
        return ((List<?>) browser.ask(CLIPPED)).stream().map(String::valueOf).toList();
    }

    /** How often one mark of any kind is running. */
    long animations() {
        return browser.count("return document.getAnimations().filter(a => a.animationName).length");
    }

    /** Stops what moves with every second, so that two pictures of one moment are equal. */
    void holdStill() {
        browser.run("document.querySelector('.clock time').style.visibility = 'hidden';"
                + " document.querySelector('.link small').style.visibility = 'hidden';"
                + " document.getAnimations().forEach(each => { each.pause(); each.currentTime = 0; })");
    }

    /** Waits for a paint of the slowest panel. */
    void settle() {
        browser.run(
                "return new Promise(done => setTimeout(done, 1100)).then(() => document.fonts.ready).then(() => 1)");
    }
}
