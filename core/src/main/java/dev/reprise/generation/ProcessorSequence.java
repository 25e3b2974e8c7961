package dev.reprise.generation;

import dev.reprise.generation.ProcessedOutput.Accepted;
import java.util.HashMap;
import java.util.Map;

/** One processor after another. */
record ProcessorSequence(OutputProcessor first, OutputProcessor second) implements OutputProcessor {

    @Override
    public ProcessedOutput process(String text, Map<String, String> settings) {
        var before = first.process(text, settings);
        if (!(before instanceof Accepted input)) {
            return before;
        }
        var after = second.process(input.output(), settings);
        if (!(after instanceof Accepted output)) {
            return after;
        }
        var metadata = new HashMap<>(input.metadata());
        metadata.putAll(output.metadata());
        return ProcessedOutput.accepted(output.output(), metadata);
    }

    @Override
    public void checkSettings(Map<String, String> settings) {
        first.checkSettings(settings);
        second.checkSettings(settings);
    }
}
