package vn.kydai.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
    @Test
    void sendsInOrderUpToTheWindow() {
        // Given
        Outbox outbox = new Outbox(10, 2, 2);
        IntStream.range(0, 6).forEach(i -> assertTrue(outbox.offer(parcel(i))));

        // When
        List<Parcel> first = outbox.next().orElseThrow().parcels();
        List<Parcel> second = outbox.next().orElseThrow().parcels();

        // Then
        assertEquals(List.of(parcel(0), parcel(1)), first);
        assertEquals(List.of(parcel(2), parcel(3)), second);
        assertTrue(outbox.next().isEmpty());
        assertEquals(6, outbox.size());
    }

    @Test
    void putsUnansweredParcelsBackInTheirOldOrder() {
        // Given
        Outbox outbox = new Outbox(10, 3, 2);
        IntStream.range(0, 7).forEach(i -> assertTrue(outbox.offer(parcel(i))));
        assertTrue(outbox.next().isPresent());
        Outbox.Shipment answered = outbox.next().orElseThrow();
        assertTrue(outbox.next().isPresent());
        outbox.answered(answered);

        // When
        outbox.rewind();

        // Then
        assertEquals(List.of(parcel(0), parcel(1)), outbox.next().orElseThrow().parcels());
        assertEquals(List.of(parcel(4), parcel(5)), outbox.next().orElseThrow().parcels());
        assertEquals(List.of(parcel(6)), outbox.next().orElseThrow().parcels());
        assertEquals(5, outbox.size());
    }

    @Test
    void takesNothingMoreWhenFull() {
        // Given
        Outbox outbox = new Outbox(2, 1, 1);
        assertTrue(outbox.offer(parcel(0)));
        assertTrue(outbox.offer(parcel(1)));

        // When
        boolean isTaken = outbox.offer(parcel(2));

        // Then
        assertFalse(isTaken);
    }

    private static Parcel parcel(int number) {
        return new Parcel("kydai/v1/a/s/reading", "{\"id\":\"" + number + "\"}");
    }
}
