package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** After memory has really run out, again and again, a client goes on or says that it is down. */
class OutOfMemoryTest {

    @Test
    void clientGoesOnOrSaysThatItIsDown() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutOfMemoryChild.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

            assertThat(said).isIn("goes on", "health DOWN");
        } finally {
            process.destroyForcibly();
        }
    }
}
