package vn.kydai.browser;

import java.util.List;

/** A wall page in a browser, read as a viewer reads it. */
record WallPage(Browser browser) {
    /** Panels are drawn once the first document has told which; then its figures come. */
    private static final String PAINTED =
            "return document.querySelector('.kpi#kpi-received .v span')?.textContent.trim() !== '—'"
                    + " && document.querySelector('.alarms .counts')?.children.length ? 1 : 0";

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
        return Inspection.clipped(browser);
    }

    /** How often one mark of any kind is running. */
    long animations() {
        return browser.count("return document.getAnimations().filter(a => a.animationName).length");
    }

    /** Waits for a paint of the slowest panel. */
    void settle() {
        browser.settle();
    }
}
