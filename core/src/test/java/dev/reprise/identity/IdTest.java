package dev.reprise.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids and owners: what they may look like. */
class IdTest {

    private record Type(String field, Function<String, Object> make) {}

    static Stream<Named<Type>> ids() {
        return Stream.of(
                Named.of("GenerationId", new Type("generationId", GenerationId::new)),
                Named.of("BatchId", new Type("batchId", BatchId::new)),
                Named.of("RunnerId", new Type("runnerId", RunnerId::new)));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void idHas1To64Characters(Type type) {
        assertThat(type.make.apply("x")).hasToString("x");
        assertThat(type.make.apply("x".repeat(64))).hasToString("x".repeat(64));
        for (var wrong : new String[] {"", " ", "\t\n", "x".repeat(65)}) {
            assertThatThrownBy(() -> type.make.apply(wrong))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(type.field + " must have 1 to 64 characters: " + wrong);
        }
    }

    @Test
    void idsAreEqualByValue() {
        assertThat(new GenerationId("a")).isEqualTo(new GenerationId("a")).isNotEqualTo(new GenerationId("b"));
        assertThat((Object) new GenerationId("a")).isNotEqualTo(new BatchId("a"));
    }

    @Test
    void ownerHas1To100Characters() {
        assertThat(Owner.of("x".repeat(100)).value()).isEqualTo("x".repeat(100));
        assertThat(Owner.of("user-1")).hasToString("user-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void blankOwnerIsRefused(String wrong) {
        assertThatThrownBy(() -> Owner.of(wrong))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("owner must have 1 to 100 characters: " + wrong);
    }

    @Test
    void tooLongOwnerIsRefused() {
        assertThatThrownBy(() -> Owner.of("x".repeat(101)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("owner must have 1 to 100 characters: " + "x".repeat(101));
    }

    @Test
    void nobodysNameIsReserved() {
        assertThat(Owner.NONE.value()).isEqualTo("-");
        assertThatThrownBy(() -> Owner.of("-"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("owner must not be the reserved name for no owner: -");
        assertThat(Owner.of("--")).isNotEqualTo(Owner.NONE);
    }
}
