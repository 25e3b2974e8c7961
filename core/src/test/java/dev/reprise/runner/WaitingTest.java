package dev.reprise.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitingTest {

    @Test
    void patienceMayBeLongerThanNanosecondsCanTell() {
        var done = CompletableFuture.completedFuture("done");

        assertThat(Waiting.await(done, "it", Duration.ofSeconds(Long.MAX_VALUE)))
                .isEqualTo("done");
    }
}
