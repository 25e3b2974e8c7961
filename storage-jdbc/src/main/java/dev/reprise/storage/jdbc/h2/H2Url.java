package dev.reprise.storage.jdbc.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a URL says about an H2 file before it is opened. */
public final class H2Url {

    /** Not what has another prefix than {@code file:}, as {@code mem:} and {@code nio:} are; a drive is no prefix. */
    private static final Pattern SHARED = Pattern.compile(
            "(?i)jdbc:h2:(file:)?(?<name>([a-z]:)?[^:;]+)(;[^;]*)*;AUTO_SERVER=(true|t|yes|y|1)(;.*)?$");

    private static final String END = ".mv.db";
    private static final List<String> GETTERS = List.of("getURL", "getUrl", "getJdbcUrl");

    private H2Url() {}

    /**
     * The path, without its ending, of the file that a data source will open and share with other processes; null when it is
     * none, when its directory is missing yet, or when the source does not say, as pools and drivers do by convention.
     */
    public static @Nullable String sharedFile(DataSource source) {
        return GETTERS.stream()
                .map(getter -> said(source, getter))
                .filter(Objects::nonNull)
                .findFirst()
                .map(H2Url::sharedFile)
                .orElse(null);
    }

    private static @Nullable String said(DataSource source, String getter) {
        try {
            return source.getClass().getMethod(getter).invoke(source) instanceof String url ? url : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    public static @Nullable String sharedFile(String url) {
        var shared = SHARED.matcher(url);
        if (!shared.lookingAt() || System.getProperty("h2.baseDir") != null) {
            return null;
        }
        String name = shared.group("name");
        if (name.equals("~") || name.startsWith("~/")) {
            name = System.getProperty("user.home") + name.substring(1);
        }
        try {
            String path = Path.of(name + END).toFile().getCanonicalPath();
            Path directory = Path.of(path).getParent();
            boolean there = path.endsWith(END) && directory != null && Files.isDirectory(directory);
            return there ? path.substring(0, path.length() - END.length()) : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
