package dev.reprise.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.attempt.CancelReason;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Slots never leak and are never made; what the store and this process know differently is put right once. */
class InFlightTest {

    private final RecordingSession session = new RecordingSession("runner");
    private final InFlight inFlight = new InFlight(5);

    @Test
    void onlyWhatIsAskedForIsTaken() {
        assertThat(inFlight.take(2)).isEqualTo(2);
        assertThat(inFlight.take(4)).isEqualTo(3);
        assertThat(inFlight.take(1)).isZero();
        assertThat(inFlight.hasFree()).isFalse();

        inFlight.giveBack(1);

        assertThat(inFlight.hasFree()).isTrue();
        assertThat(inFlight.take(9)).isEqualTo(1);
    }

    @Test
    void claimThatEndsTwiceFreesOneSlot() {
        inFlight.take(5);
        var claim = session.claim("task");
        inFlight.add(claim);

        inFlight.removeAll(List.of(claim, claim));
        inFlight.remove(claim);

        assertThat(inFlight.take(5)).isEqualTo(1);
    }

    @Test
    void onlyTheCallsOfOneIncarnationAreCutOff() {
        var other = new RecordingSession("other").claim("others");
        var mine = session.claim("mine");
        inFlight.add(other);
        inFlight.add(mine);

        inFlight.cancelAllOf(session.id(), CancelReason.LOST);

        assertThat(mine.call().reason()).isEqualTo(CancelReason.LOST);
        assertThat(other.call().reason()).isNull();
        assertThat(inFlight.of(session.id())).containsExactly(mine.ref());
    }

    @Test
    void callWhoseRowHasMovedOnIsCutOffAndOthersGoOn() {
        var gone = session.claim("gone");
        var kept = session.claim("kept");
        inFlight.add(gone);
        inFlight.add(kept);

        inFlight.reconcile(session, inFlight.of(session.id()), Set.of(kept.ref()));

        assertThat(gone.call().reason()).isEqualTo(CancelReason.LOST);
        assertThat(kept.call().reason()).isNull();
    }

    @Test
    void claimWhoseAnswerIsUnderWayIsNotTakenForLost() {
        var claim = session.claim("task");

        inFlight.reconcile(session, List.of(), Set.of(claim.ref()));
        assertThat(inFlight.add(claim)).isTrue();
        inFlight.reconcile(session, List.of(claim.ref()), Set.of(claim.ref()));

        assertThat(session.handedBack).isEmpty();
    }

    @Test
    void rowThatTwoBeatsFoundAndNobodyKnowsIsHandedBackOnce() {
        var unknown = Set.of(session.claim("task").ref());

        inFlight.reconcile(session, List.of(), unknown);
        assertThat(session.handedBack).isEmpty();
        inFlight.reconcile(session, List.of(), unknown);
        inFlight.reconcile(session, List.of(), unknown);

        assertThat(session.handedBack).containsExactly(unknown);
    }

    @Test
    void answerThatComesAfterItsTaskWasHandedBackIsNotStarted() {
        var claim = session.claim("task");
        inFlight.reconcile(session, List.of(), Set.of(claim.ref()));
        inFlight.reconcile(session, List.of(), Set.of(claim.ref()));

        assertThat(inFlight.add(claim)).isFalse();

        assertThat(inFlight.isEmpty()).isTrue();
    }
}
