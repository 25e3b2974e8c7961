package dev.reprise.examples.variations;

import dev.reprise.examples.command.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be written about.
 *
 * @param source where it comes from, for people
 * @param text the Markdown
 */
record Brief(String source, String text) {

    private static final String SHIPPED = "/briefs/night-ferry.md";

    /**
     * Reads a file.
     *
     * @throws UsageException when there is no such file, or no text in it
     */
    static Brief read(String name) throws IOException {
        try {
            var text = Files.readString(Path.of(name));
            if (text.isBlank()) {
                throw new UsageException("the brief is empty: " + name);
            }
            return new Brief(name, text);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no such brief: " + name);
        } catch (CharacterCodingException e) {
            throw new UsageException("the brief is not UTF-8 text: " + name);
        }
    }

    /** The brief that comes with the jar. */
    static Brief shipped() throws IOException {
        try (var stream = Brief.class.getResourceAsStream(SHIPPED)) {
            if (stream == null) {
                throw new IllegalStateException("not in the jar: " + SHIPPED);
            }
            return new Brief("the one that ships", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Its first heading, else its first line. */
    String title() {
        return heading()
                .or(() -> text.lines().filter(line -> !line.isBlank()).findFirst())
                .orElse("")
                .strip();
    }

    private Optional<String> heading() {
        return text.lines()
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .findFirst();
    }
}
