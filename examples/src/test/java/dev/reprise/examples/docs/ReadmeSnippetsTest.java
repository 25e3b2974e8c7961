package dev.reprise.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README shows no Java that does not compile. */
class ReadmeSnippetsTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\\n(.*?)```");

    @Test
    void everySnippetStandsInCompiledCode() throws IOException {
        var readme = Files.readString(Path.of("..", "README.md"));
        var compiled = plain(Files.readString(Path.of("src/test/java/dev/reprise/examples/docs/Snippets.java")));
        var blocks = JAVA_BLOCK.matcher(readme).results().toList();

        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);
        for (var block : blocks) {
            var snippet = plain(block.group(1)).strip();
            var body = snippet.endsWith("}")
                    ? snippet.substring(0, snippet.length() - 1).strip()
                    : snippet;
            assertThat(compiled).contains(body);
        }
    }

    /** Without layout: indentation and line ends are README's own. */
    private static String plain(String code) {
        return code.replaceAll("(?m)^\\s*// spotless:o\\w+\\s*$", "").replaceAll("\\s+", " ");
    }
}
