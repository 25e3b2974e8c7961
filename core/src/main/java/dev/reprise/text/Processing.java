package dev.reprise.text;

import dev.reprise.attempt.ActiveCall;
import dev.reprise.attempt.CancelReason;
import dev.reprise.attempt.Verdict;
import dev.reprise.background.Abandonable;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.GenerationResult;
import dev.reprise.generation.OutputProcessor;
import dev.reprise.generation.ProcessedOutput;
import dev.reprise.provider.ProviderReply.Completed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has complete answers processed as their requests say. Whatever the processor does, the answer has been paid for and is
 * kept.
 *
 * @param registry where output processors are looked up
 * @param threads where they run
 */
record Processing(Registry registry, Abandonable threads) {

    private static final Logger LOG = LoggerFactory.getLogger(Processing.class);
    /** What an answer that came at the last moment still has for being processed. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

    Verdict process(GenerationRequest request, Completed reply, ActiveCall control) {
        var name = request.processor();
        var processor = name == null ? null : registry.processor(name);
        if (name == null || processor == null) {
            return succeeded(reply, new ProcessedOutput.Accepted(reply.text(), Map.of()));
        }
        try {
            return judged(name, reply, processed(name, processor, request, reply, control));
        } catch (TimeoutException e) {
            return new Verdict.CutOff(failure(name, "did not end in time", reply), reply.text());
        } catch (Exception e) {
            // Its class alone: what it says may hold anything, and the reason is kept.
            LOG.warn("processor {} threw", name, e);
            return rejected("processor " + name + " threw " + e.getClass().getName(), reply);
        } catch (Throwable e) {
            LOG.warn("processor {} threw", name, e);
            return failed(failure(name, "threw " + e.getClass().getName(), reply), reply);
        }
    }

    private @Nullable ProcessedOutput processed(
            String name, OutputProcessor processor, GenerationRequest request, Completed reply, ActiveCall control)
            throws Throwable {
        return threads.run(
                "processor " + name,
                () -> processor.process(reply.text(), request.settings()),
                control::onCancel,
                () -> control.reason() == CancelReason.APP ? Duration.ZERO : LAST_MOMENT);
    }

    private static Verdict judged(String name, Completed reply, @Nullable ProcessedOutput output) {
        if (output instanceof ProcessedOutput.Rejected rejected) {
            return rejected(rejected.reason(), reply);
        }
        return output instanceof ProcessedOutput.Accepted accepted && hasOutput(accepted)
                ? succeeded(reply, accepted)
                : failed(failure(name, "returned nothing", reply), reply);
    }

    // Code that is not checked for null may have made it.
    @SuppressWarnings("ConstantValue")
    private static boolean hasOutput(ProcessedOutput.Accepted accepted) {
        return accepted.output() != null;
    }

    private static Verdict succeeded(Completed reply, ProcessedOutput.Accepted accepted) {
        return new Verdict.Succeeded(new GenerationResult(
                reply.text(),
                accepted.output(),
                accepted.metadata(),
                reply.stopReason(),
                reply.rawStopReason(),
                reply.exchange().requestId(),
                reply.exchange().sent(),
                reply.media()));
    }

    private static Verdict rejected(String reason, Completed reply) {
        return failed(
                GenerationFailure.builder(FailureKind.UNPARSEABLE, "the output was rejected: " + reason)
                        .requestId(reply.exchange().requestId())
                        .build(),
                reply);
    }

    private static GenerationFailure failure(String name, String what, Completed reply) {
        return GenerationFailure.builder(FailureKind.PROCESSOR, "processor " + name + " " + what)
                .requestId(reply.exchange().requestId())
                .build();
    }

    private static Verdict failed(GenerationFailure failure, Completed reply) {
        return new Verdict.Failed(failure, reply.text());
    }
}
