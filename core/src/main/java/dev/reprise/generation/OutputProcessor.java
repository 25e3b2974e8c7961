package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import java.util.Map;

/**
 * Turns a model's raw text into validated, transformed output and metadata. Registered with a client under a name, which
 * requests refer to; every process that runs tasks with that name must have registered it.
 *
 * <p>Called on a thread of the library, concurrently; must be thread-safe. An exception counts as a rejection. An error,
 * or null in the place of an output, fails the generation with {@link dev.reprise.failure.FailureKind#PROCESSOR}, which is
 * not retried; the text and its usage are kept. So does a processor that goes on when the time of its attempt is up, a
 * second at least: its thread is interrupted and left behind, and {@link dev.reprise.event.Health#leftBehind()} counts it
 * until it ends.
 */
@FunctionalInterface
public interface OutputProcessor {

    /**
     * Processes a text.
     *
     * @param text the model's raw text, or the output of the processor before this one; not empty
     * @param settings the request's settings
     */
    ProcessedOutput process(String text, Map<String, String> settings);

    /**
     * Checks a request's settings before anything is stored; does nothing unless overridden.
     *
     * @throws InvalidRequestException when a setting that this processor reads cannot be used
     */
    default void checkSettings(Map<String, String> settings) {}

    /** This processor, then another on its output; the metadata of both, the later one's on top. */
    default OutputProcessor then(OutputProcessor next) {
        return new ProcessorSequence(this, next);
    }
}
