package dev.reprise.provider.wire;

import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ProviderRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one protocol has of its own; all else providers share in {@link ProtocolClient}. */
public interface Protocol {

    /** A description of a model, completed by what the protocol says of all models. */
    ModelProfile completed(ModelProfile described);

    /**
     * Writes the body of a request.
     *
     * @param profile what the model takes
     * @param handover what the previous call handed over, with what is known to be refused
     */
    Body body(ProviderRequest call, ModelProfile profile, ProviderHandover handover);

    /**
     * A reader for one answer.
     *
     * @param deltas takes its text piece by piece
     * @param memory what it may keep
     */
    AnswerReader reader(Consumer<String> deltas, AnswerMemory memory);

    /** Whether an HTTP 402 that says when to come back is worth coming back. */
    boolean passing402();

    /**
     * A body to send.
     *
     * @param members what it says
     * @param optional the parameters that the call can be made again without
     * @param streamed whether it asks for a stream
     */
    record Body(Map<String, @Nullable Object> members, List<OptionalParameter> optional, boolean streamed) {}
}
