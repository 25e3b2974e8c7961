package dev.reprise.examples.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.Ran;
import org.junit.jupiter.api.Test;

class TransactionExampleTest {

    @Test
    void rowAndGenerationAreStoredTogetherOrNotAtAll() {
        var ran = Ran.of("transaction", "--fault-rate", "0", "--latency", "0s");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.lines()).element(1).asString().startsWith("Committed    1 product; its description: # Kettle");
        assertThat(ran.lines())
                .contains(
                        "Rolled back  1 product, 1 generation: nothing was generated, nothing was paid for",
                        "Too early    generation ... is not in the store: the transaction it was submitted in has not been"
                                + " committed, or was rolled back",
                        "Committed    SUCCEEDED");
    }
}
