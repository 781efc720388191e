package vn.kydai.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium of 1920 × 1080 with a fresh profile. */
public final class Browser implements AutoCloseable {
    /** Where screenshots go. */
    static final Path SCREENS = Path.of("target/screens");

    private static final List<String> CHROMIUMS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Starts a browser, or skips the test, saying so, where there is none; with TESTS_MUST_RUN that is a failure. */
    public static Browser start() {
        return start(Level.ALL);
    }

    /** Starts one that keeps no account of the network: what measures would measure that too. */
    static Browser startUnwatched() {
        return start(Level.OFF);
    }

    private static Browser start(Level network) {
        Optional<Path> chromium = Optional.ofNullable(System.getenv("CHROMIUM"))
                .map(Path::of)
                .or(() -> CHROMIUMS.stream()
                        .flatMap(name -> onPath(name).stream())
                        .findFirst());
        Optional<Path> chromedriver = onPath("chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            String what = chromium.isEmpty() ? "no Chromium" : "no chromedriver";
            System.err.println("SKIPPED browser tests: " + what);
            if (System.getenv("TESTS_MUST_RUN") != null) {
                throw new IllegalStateException("browser tests must run here, but there is " + what);
            }
            assumeTrue(false, "SKIPPED browser tests: " + what);
        }
        return start(chromium.orElseThrow(), chromedriver.orElseThrow(), network);
    }

    private static Browser start(Path chromium, Path chromedriver, Level network) {
        try {
            Path profile = Files.createTempDirectory("kydai-browser");
            // Set explicitly: otherwise Selenium would look for a driver to download.
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver.toFile())
                    .usingAnyFreePort()
                    .build();
            service.sendOutputTo(Files.newOutputStream(profile.resolve("chromedriver.log")));
            return new Browser(new ChromeDriver(service, options(chromium, profile, network)), profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path chromium, Path profile, Level network) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, network);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--window-size=1920,1080",
                "--user-data-dir=" + profile.resolve("data"));
        return options;
    }

    private static Optional<Path> onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Makes the PC's clock of every later page wrong by this much; returns what {@link #forget} takes. */
    String shiftClock(Duration by) {
        return onNewDocument(
                String.format(Locale.ROOT, "{ const real = Date.now; Date.now = () => real() + %d; }", by.toMillis()));
    }

    /** Lets the PC's clock of every later page stand at an instant. */
    void standClock(Instant at) {
        onNewDocument(String.format(Locale.ROOT, "Date.now = () => %d;", at.toEpochMilli()));
    }

    /** Puts every mark at the beginning of its second, those that come later too. */
    void holdStill() {
        run("document.getAnimations().forEach(each => { each.pause(); each.currentTime = 0; });"
                + " if (!document.adoptedStyleSheets.length) { const still = new CSSStyleSheet();"
                + " still.insertRule('.flash, .halo { animation: none !important }');"
                + " document.adoptedStyleSheets = [still]; }");
    }

    /** Waits for a paint of the slowest panel. */
    void settle() {
        settle(1100);
    }

    void settle(int milliseconds) {
        run("return new Promise(done => setTimeout(done, " + milliseconds
                + ")).then(() => document.fonts.ready).then(() => 1)");
    }

    /** Runs a script before every later page's own; returns what {@link #forget} takes. */
    String onNewDocument(String script) {
        return String.valueOf(
                driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                        .get("identifier"));
    }

    /** Runs a script no more. */
    void forget(String script) {
        driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }

    void viewport(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void reducedMotion(boolean on) {
        Map<String, String> feature = Map.of("name", "prefers-reduced-motion", "value", on ? "reduce" : "");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** Lets the page do nothing for so long, as a PC does that sleeps: what comes meanwhile waits in its socket. */
    void sleep(Duration length) {
        run(String.format(
                Locale.ROOT,
                "setTimeout(() => { for (const end = performance.now() + %d; performance.now() < end;); }, 50)",
                length.toMillis()));
    }

    void forgetCookies() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** Opens a page and returns when it has loaded. */
    public void open(String url) {
        driver.get(url);
    }

    /** Opens a page in a tab of its own, in front of the others, and returns what {@link #turnTo} takes. */
    public String openTab(String url) {
        driver.switchTo().newWindow(WindowType.TAB);
        driver.get(url);
        return driver.getWindowHandle();
    }

    /** Brings a tab to the front. */
    public void turnTo(String tab) {
        driver.switchTo().window(tab);
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** Waits until a page's root says what state its link is in. */
    public void awaitLink(String state) {
        await("link is " + state, () -> state.equals(ask("return document.documentElement.dataset.link")));
    }

    /** Waits for a condition, or fails saying what it waited for. */
    public void await(String what, BooleanSupplier condition) {
        await(() -> what, condition);
    }

    /** Waits for a condition; what was waited for is told when it does not come. */
    void await(Supplier<String> what, BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .withMessage(what)
                .until(any -> condition.getAsBoolean());
    }

    /** Presses a key where the focus is. */
    public void press(CharSequence key) {
        new Actions(driver).sendKeys(key).perform();
    }

    /** Clicks the first element that a selector finds; the pointer stays there. */
    public void click(String selector) {
        new Actions(driver)
                .moveToElement(driver.findElement(By.cssSelector(selector)))
                .click()
                .perform();
    }

    /** Moves the pointer over the first element that a selector finds. */
    public void hover(String selector) {
        new Actions(driver)
                .moveToElement(driver.findElement(By.cssSelector(selector)))
                .perform();
    }

    /** The text of the first element that a selector finds. */
    public String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    List<String> texts(String selector) {
        Object found = ask("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)", selector);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /** Evaluates a script's {@code return}; a promise is waited for. */
    public Object ask(String script, Object... arguments) {
        Object result = driver.executeScript(script, arguments);
        return result == null ? "" : result;
    }

    /** Runs a script. */
    public void run(String script) {
        driver.executeScript(script);
    }

    /** Evaluates a script whose {@code return} is a whole number. */
    public long count(String script) {
        return ((Number) ask(script)).longValue();
    }

    /** Writes what is on the screen to {@code target/screens/NAME.png}. */
    public void screenshot(String name) {
        try {
            Files.createDirectories(SCREENS);
            Files.write(SCREENS.resolve(name + ".png"), picture());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is on the screen as PNG. */
    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Returns the bytes that scripts hold once the garbage is gone. */
    long heapBytes() {
        driver.executeCdpCommand("HeapProfiler.enable", Map.of());
        driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        return ((Number) driver.executeCdpCommand("Runtime.getHeapUsage", Map.of())
                        .get("usedSize"))
                .longValue();
    }

    /** Forgets what console and network have told so far. */
    void forgetLogs() {
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
    }

    /** Takes what was written to the console since the last call; content policy violations are among it. */
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Takes the network events since the last call, as the JSON of the DevTools protocol. */
    List<String> network() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Picks the requests that went to another origin. */
    static List<String> foreign(List<String> network) {
        return network.stream()
                .filter(event -> event.contains("\"Network.requestWillBeSent\""))
                .filter(event -> !event.contains("\"url\":\"http://127.0.0.1:") && !event.contains("\"url\":\"data:"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(Browser::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
