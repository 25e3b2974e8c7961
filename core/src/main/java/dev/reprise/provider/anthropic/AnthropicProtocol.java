package dev.reprise.provider.anthropic;

import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Range;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.wire.AnswerMemory;
import dev.reprise.provider.wire.AnswerReader;
import dev.reprise.provider.wire.OptionalParameter;
import dev.reprise.provider.wire.Protocol;
import dev.reprise.provider.wire.ProviderHandover;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the Messages API has of its own.
 *
 * @param takesSampling whether its version takes a temperature at all
 * @param defaultMaxTokens the cap on output tokens where a request sets none
 * @param streaming whether answers are streamed
 */
record AnthropicProtocol(boolean takesSampling, int defaultMaxTokens, boolean streaming) implements Protocol {

    private static final Range TEMPERATURES = new Range(0, 1);

    @Override
    public ModelProfile completed(ModelProfile described) {
        var profile = described.toBuilder().tokenParameter(AnthropicBody.MAX_TOKENS);
        if (described.images() == null) {
            profile.images(ModelProfile.Images.INLINE_OR_URL);
        }
        if (described.temperatureRange() == null) {
            profile.temperatureRange(TEMPERATURES.min(), TEMPERATURES.max());
        }
        return (takesSampling ? profile : profile.temperature(Support.NO)).build();
    }

    @Override
    public Body body(ProviderRequest call, ModelProfile profile, ProviderHandover handover) {
        var members = new AnthropicBody(profile, defaultMaxTokens, streaming).write(call, handover);
        return new Body(members, optional(call, members), Boolean.TRUE.equals(members.get(AnthropicBody.STREAM)));
    }

    /** A value out of the protocol's range is the caller's fault; any other refusal of it is the model's nature. */
    private static List<OptionalParameter> optional(ProviderRequest call, Map<String, @Nullable Object> body) {
        var temperature = call.temperature();
        return temperature != null
                        && temperature <= TEMPERATURES.max()
                        && temperature.equals(body.get(AnthropicBody.TEMPERATURE))
                ? List.of(new OptionalParameter(AnthropicBody.TEMPERATURE, null))
                : List.of();
    }

    @Override
    public AnswerReader reader(Consumer<String> deltas, AnswerMemory memory) {
        return new AnthropicMessage(deltas, memory);
    }

    @Override
    public boolean passing402() {
        return false;
    }
}
