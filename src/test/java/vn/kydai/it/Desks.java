package vn.kydai.it;

import java.io.IOException;
import vn.kydai.browser.Browser;

/** The operator's desk in a browser, with somebody at it. */
final class Desks {
    private Desks() {}

    /** Adds a person of 477 and signs in, in English, until the desk is live. */
    static void sitDown(ServerProcess server, Browser browser, String name, String role)
            throws IOException, InterruptedException {
        String password = server.run("user", "add", "--name", name, "--role", role, "--scope", "477")
                .output();
        browser.open(server.http("/signin?lang=en&next=%2Foperator%3Flang%3Den").toString());
        browser.await("the form is there", () -> browser.count("return document.querySelectorAll('form').length") > 0);
        browser.ask(
                "const form = document.querySelector('form'); form.user.value = arguments[0];"
                        + " form.password.value = arguments[1]; form.requestSubmit()",
                name,
                password);
        browser.awaitLink("live");
    }

    /** Returns a script that counts what a selector finds. */
    static String counting(String selector) {
        return "return document.querySelectorAll('" + selector + "').length";
    }
}
