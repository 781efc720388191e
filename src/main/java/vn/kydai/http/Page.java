package vn.kydai.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One static file with the headers it is served with.
 *
 * @param compressed the same by gzip, once and not for each who asks; absent where it would not be smaller
 * @param etag weak validator, since what travels may be compressed: digest of the content
 * @param policy Content-Security-Policy
 */
record Page(Buffer content, @Nullable Buffer compressed, String type, String etag, String cacheControl, String policy) {
    private static final int MIN_COMPRESSED_BYTES = 1_024;
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script\\s+type=\"importmap\"\\s*>(.*?)</script>", Pattern.DOTALL);
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("geojson", "application/geo+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    static Page of(String name, byte[] content) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        boolean isFont = extension.equals("woff2");
        String type = TYPES.getOrDefault(extension, "text/plain; charset=utf-8");
        return new Page(
                Buffer.buffer(content),
                isCompressed(type) || content.length < MIN_COMPRESSED_BYTES ? null : gzipped(content),
                type,
                "W/\"" + digest(content) + '"',
                isFont ? "public, max-age=31536000, immutable" : "no-cache",
                policy(extension.equals("html") ? importMaps(content) : ""));
    }

    /** Tells whether compressing it again would only cost time. */
    private static boolean isCompressed(String type) {
        return type.equals("font/woff2") || type.equals("image/png");
    }

    private static Buffer gzipped(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** Nothing but the page's own origin; the one inline script allowed is an import map, by its digest. */
    private static String policy(String importMaps) {
        return "default-src 'self'; script-src 'self'" + importMaps + "; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'";
    }

    private static String importMaps(byte[] html) {
        StringBuilder sources = new StringBuilder();
        Matcher matcher = IMPORT_MAP.matcher(new String(html, StandardCharsets.UTF_8));
        while (matcher.find()) {
            sources.append(" 'sha256-")
                    .append(digest(matcher.group(1).getBytes(StandardCharsets.UTF_8)))
                    .append('\'');
        }
        return sources.toString();
    }

    private static String digest(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
