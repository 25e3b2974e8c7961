package dev.reprise.provider.openai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** The lines of the tables about providers, as they stand in their files. */
final class ProviderFacts {

    private ProviderFacts() {}

    /** One line's sign and meaning, and the provider for the name of the test. */
    record Line(String provider, String sign, String meaning) {
        @Override
        public String toString() {
            return provider + ": " + sign;
        }
    }

    static Stream<Line> of(String file) {
        var path = "/dev/reprise/provider/wire/" + file;
        try (var in = Objects.requireNonNull(ProviderFacts.class.getResourceAsStream(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+\\|\\s+", -1))
                    .map(columns -> new Line(columns[0], columns[1], columns[2]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
