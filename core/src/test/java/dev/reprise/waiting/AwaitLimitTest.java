package dev.reprise.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.AwaitTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AwaitLimitTest {

    @Test
    void itMayBeLongerThanNanosecondsCanTell() {
        var done = CompletableFuture.completedFuture("done");

        assertThat(new AwaitLimit("it", Duration.ofSeconds(Long.MAX_VALUE)).await(done))
                .isEqualTo("done");
    }

    @Test
    void itMayBeNoneAtAll() {
        for (var none : new Duration[] {Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE)}) {
            assertThat(new AwaitLimit("it", none).await(CompletableFuture.completedFuture("done")))
                    .isEqualTo("done");
            assertThatThrownBy(() -> new AwaitLimit("it", none).await(new CompletableFuture<>()))
                    .isInstanceOf(AwaitTimeoutException.class)
                    .hasMessage("it is not done after " + none);
        }
    }

    @Test
    void whatIsWaitedForStaysAsItIs() {
        var future = new CompletableFuture<String>();

        assertThatThrownBy(() -> new AwaitLimit("it", Duration.ofMillis(1)).await(future))
                .isInstanceOf(AwaitTimeoutException.class);

        assertThat(future).isNotDone();
    }
}
