package dev.reprise.examples.variations;

import dev.reprise.generation.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what was made, a file each, and the chain; what is there already is overwritten. */
record OutputFolder(Path folder) {

    static final String CHAIN = "chain.md";

    /** Writes it all. Returns the names of the files. */
    List<String> write(Job.Results results) throws IOException {
        Files.createDirectories(folder);
        var names = new ArrayList<String>();
        for (Generation variation : results.variations().generations()) {
            var index = variation.variationIndex();
            names.add(write("variation-" + (index == null ? 1 : index + 1) + ".md", text(variation)));
        }
        int number = 0;
        for (Generation refinement : results.refinements()) {
            names.add(write("refinement-" + ++number + ".md", text(refinement)));
        }
        names.add(write(CHAIN, ChainPage.of(results)));
        return names;
    }

    private String write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text.endsWith("\n") ? text : text + "\n");
        return name;
    }

    private static String text(Generation generation) {
        var result = generation.result();
        if (result != null) {
            return result.output();
        }
        var failure = generation.failure();
        return failure == null
                ? "Nothing was made: " + generation.state()
                : failure.userMessage() + " (reference " + failure.reference() + ")";
    }
}
