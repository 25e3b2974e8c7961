package dev.reprise.provider.openai;

import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Range;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.openai.Dialect.Trait;
import dev.reprise.provider.wire.AnswerMemory;
import dev.reprise.provider.wire.AnswerReader;
import dev.reprise.provider.wire.Protocol;
import dev.reprise.provider.wire.ProviderHandover;
import java.util.function.Consumer;

/**
 * What Chat Completions have of their own.
 *
 * @param dialect how the server's differ from OpenAI's
 * @param streaming whether answers are streamed
 */
record OpenAiProtocol(Dialect dialect, boolean streaming) implements Protocol {

    private static final Range TEMPERATURES = new Range(0, 2);

    @Override
    public ModelProfile completed(ModelProfile described) {
        var profile = described.toBuilder();
        if (described.tokenParameter() == null) {
            profile.tokenParameter(dialect.tokenParameter());
        }
        if (described.images() == null) {
            profile.images(dialect.images());
        }
        if (described.temperatureRange() == null) {
            profile.temperatureRange(TEMPERATURES.min(), TEMPERATURES.max());
        }
        return profile.build();
    }

    @Override
    public Body body(ProviderRequest call, ModelProfile profile, ProviderHandover handover) {
        return OpenAiBody.of(dialect, profile, call, handover, streaming);
    }

    @Override
    public AnswerReader reader(Consumer<String> deltas, AnswerMemory memory) {
        return new ChatCompletion(deltas, memory);
    }

    @Override
    public boolean passing402() {
        return dialect.traits().contains(Trait.PASSING_402);
    }
}
