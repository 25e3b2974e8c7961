package dev.reprise.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.OutputProcessor;
import dev.reprise.generation.OutputProcessors;
import dev.reprise.provider.Provider;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names become providers, models and processors, or a clear error. */
class RegistryTest {

    private static final Provider ONE = NamedProvider.of("one", "model-1");
    private static final Provider TWO = NamedProvider.of("two", null);
    private static final OutputProcessor CODE = OutputProcessors.stripFence();

    private static final Registry SINGLE = new Registry(Map.of("one", ONE), Map.of("code", CODE), false);
    private static final Registry DOUBLE =
            new Registry(Map.of("two", TWO, "one", ONE), Map.of("b", CODE, "a", CODE), false);
    private static final Registry LENIENT = new Registry(Map.of("one", ONE), Map.of("code", CODE), true);

    @Test
    void onlyProviderAndItsDefaultModelAreFilledIn() {
        var resolved = SINGLE.resolve(GenerationRequest.of("p"));

        assertThat(resolved)
                .isEqualTo(GenerationRequest.builder()
                        .prompt("p")
                        .provider("one")
                        .model("model-1")
                        .build());
    }

    @Test
    void givenNamesAreKept() {
        var asked = GenerationRequest.builder()
                .prompt("p")
                .provider("two")
                .model("model-2")
                .processor("a")
                .idempotencyKey("key")
                .build();

        assertThat(DOUBLE.resolve(asked)).isEqualTo(asked);
    }

    @Test
    void namedProviderGivesItsDefaultModel() {
        assertThat(DOUBLE.resolve(request().provider("one").build()).model()).isEqualTo("model-1");
    }

    @Test
    void providerMustBeNamedWhenThereAreTwo() {
        assertThatThrownBy(() -> DOUBLE.resolve(GenerationRequest.of("p")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("provider must be named, because the client has [one, two]: ");
    }

    @Test
    void providerMustBeNamedWhenThereIsNone() {
        for (boolean lenient : new boolean[] {true, false}) {
            assertThatThrownBy(() -> new Registry(Map.of(), Map.of(), lenient).resolve(GenerationRequest.of("p")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("provider must be named, because the client has []: ");
        }
    }

    @Test
    void modelMustBeNamedWhenTheProviderHasNoDefault() {
        assertThatThrownBy(() -> DOUBLE.resolve(request().provider("two").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("model must be named: provider two has no default model: ");
    }

    @Test
    void unknownProviderIsRefused() {
        assertThatThrownBy(() ->
                        DOUBLE.resolve(request().provider("three").model("m").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("provider must be one of [one, two]: three");
    }

    @Test
    void unknownProcessorIsRefused() {
        assertThatThrownBy(() ->
                        DOUBLE.resolve(request().provider("one").processor("c").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("processor must be one of [a, b]: c");
    }

    @Test
    void namesAreTakenAsTheyAre() {
        assertThatThrownBy(() -> SINGLE.resolve(request().provider("ONE").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("provider must be one of [one]: ONE");
    }

    @Test
    void unknownNamesPassWhereOthersRunTheTasks() {
        var asked = request().provider("three").model("m").processor("c").build();

        assertThat(LENIENT.resolve(asked)).isEqualTo(asked);
    }

    @Test
    void unknownProviderHasNoDefaultModelEvenWhereOthersRunTheTasks() {
        assertThatThrownBy(() -> LENIENT.resolve(request().provider("three").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("model must be named: provider three has no default model: ");
    }

    @Test
    void processorChecksTheSettings() {
        var fps = OutputProcessors.extractNumber("fps", "(\\d+)");
        for (boolean lenient : new boolean[] {true, false}) {
            var registry = new Registry(Map.of("one", ONE), Map.of("fps", fps), lenient);
            assertThatThrownBy(() -> registry.resolve(
                            request().processor("fps").setting("fps", "fast").build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("settings.fps must be a number: fast");
        }
    }

    @Test
    void providersAndProcessorsAreFoundByName() {
        assertThat(DOUBLE.provider("two")).isSameAs(TWO);
        assertThat(DOUBLE.provider("three")).isNull();
        assertThat(DOUBLE.processor("a")).isSameAs(CODE);
        assertThat(DOUBLE.processor("c")).isNull();
    }

    @Test
    void laterChangesOfGivenMapsDoNotShow() {
        var providers = new HashMap<>(Map.of("one", ONE));
        var registry = new Registry(providers, Map.of(), false);

        providers.put("two", TWO);

        assertThat(registry.provider("two")).isNull();
    }

    private static GenerationRequest.Builder request() {
        return GenerationRequest.builder().prompt("p");
    }
}
