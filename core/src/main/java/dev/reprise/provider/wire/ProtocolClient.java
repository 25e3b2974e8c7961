package dev.reprise.provider.wire;

import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls models over one protocol: writes the request, makes the exchange and reads the reply. Thread-safe. */
public final class ProtocolClient {

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolClient.class);

    private final String name;
    private final Protocol protocol;
    private final Endpoint endpoint;
    private final ProfileBook profiles;
    private final Redactor redactor;
    private final ReplyReader replies;

    /**
     * Calls models.
     *
     * @param name the provider's name
     */
    public ProtocolClient(String name, Protocol protocol, Endpoint endpoint, ProfileBook profiles, Redactor redactor) {
        this.name = name;
        this.protocol = protocol;
        this.endpoint = endpoint;
        this.profiles = profiles;
        this.redactor = redactor;
        this.replies = new ReplyReader(
                name,
                endpoint.toString(),
                new ErrorReader(protocol.passing402()),
                new ParameterRefusals(profiles),
                redactor);
    }

    /** What a model takes. */
    public ModelProfile profile(String model) {
        return protocol.completed(profiles.profile(model));
    }

    /** The models that the app described, and its default model. */
    public List<ModelProfile> models() {
        return profiles.models().stream().map(protocol::completed).toList();
    }

    /**
     * Makes one call.
     *
     * @throws InterruptedException when the thread is interrupted, unless the call has been cancelled as well
     */
    public ProviderReply call(ProviderRequest call, CallControl control) throws InterruptedException {
        long start = System.nanoTime();
        var fields = call.request().extra().keySet();
        var profile = protocol.completed(profiles.profile(call.model(), fields));
        var unsent = UnsentImages.check(call.request(), call.model(), profile.images());
        if (unsent.isPresent()) {
            return unsent.get();
        }
        var handover = ProviderHandover.of(call.carry());
        var body = protocol.body(call, profile, handover.with(profiles.refused(call.model(), fields)));
        var sent =
                new SentRequest(call.request(), JsonRequest.sent(body.members(), redactor), handover, body.optional());
        var memory = endpoint.answerMemory();
        var stream = protocol.reader(control::text, memory);
        var reading = new HttpExchange.Reading(stream, memory);
        var answer = endpoint.post(body.members(), body.streamed(), control, reading);
        // A whole answer is within its bounds: its tree has been weighed before it is made.
        var reply = redactor.clean(replies.read(
                answer, stream, text -> protocol.reader(text, AnswerMemory.UNBOUNDED), sent, control::text));
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{}: model {}, request {}, {} ms, {}",
                    name,
                    call.model(),
                    reply.exchange().requestId(),
                    (System.nanoTime() - start) / 1_000_000,
                    reply.getClass().getSimpleName());
        }
        return reply;
    }

    /** The URL. */
    @Override
    public String toString() {
        return endpoint.toString();
    }
}
