package vn.kydai.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WallWatchTest {
    private static final long MS = 1_000_000;

    private final Schedule schedule = new Schedule(10, 0, 10);
    private final WallWatch watch = new WallWatch(schedule, true);

    @Test
    void aFrameProvesItsReadingAndAllBeforeIt() {
        expect(3);

        watch.take(patch("\"gauge\":{\"at\":\"x\",\"history\":{\"29000000\":0.003},\"value\":0.003}"), 350 * MS);

        assertTrue(watch.isAllShown());
        assertEquals(3, watch.times().count());
        assertEquals(50, watch.times().millis(0), 1, "the newest");
        assertEquals(250, watch.times().maxMillis(), 1, "the oldest");
    }

    @Test
    void whatAnEarlierLoadLeftOnTheWallProvesNothing() {
        expect(2);

        watch.take(patch("\"gauge\":{\"value\":7.5}"), 900 * MS);

        assertFalse(watch.isAllShown());
        assertEquals(2, watch.unseen());
        assertEquals(0, watch.times().count());
    }

    @Test
    void otherSensorsAndFramesWithoutSensorsAreReadPast() {
        expect(1);

        watch.take("{\"at\":\"x\",\"data\":{\"figures\":{\"a\":{\"value\":1}}},\"type\":\"patch\"}", MS);
        watch.take(patch("\"other\":null,\"rain\":{\"value\":0.001},\"gauge\":{\"state\":\"good\"}"), MS);

        assertEquals(1, watch.unseen());
    }

    @Test
    void anAlarmsValueProvesWhichReadingRaisedIt() {
        schedule.begin(0);
        watch.expect("wind", event(0, 3_001), 100 * MS);
        watch.expect("wind", event(0, 3_002), 2_100 * MS);

        watch.take(alarm("30.01,\"x\":{\"value\":1}"), 350 * MS);
        watch.take(alarm("30.01"), 500 * MS);

        assertEquals(1, watch.alarmTimes().count());
        assertEquals(250, watch.alarmTimes().maxMillis(), 1);
        assertEquals(1, watch.unseenAlarms());
        assertFalse(watch.isAllShown());

        watch.take(alarm("30.02"), 2_300 * MS);

        assertEquals(2, watch.alarmTimes().count());
        assertTrue(watch.isAllShown());
    }

    @Test
    void anAlarmThatEndedOrThatNobodyWaitsForIsReadPast() {
        schedule.begin(0);
        watch.expect("wind", event(0, 3_001), 100 * MS);

        watch.take(alarm("29.99"), 200 * MS);
        watch.take(
                "{\"data\":{\"alarms\":{\"flood:x\":{\"value\":30.01},\"bench-storm:wind\":null},\"ticker\":{\"1\":[]}}}",
                MS);

        assertEquals(1, watch.unseenAlarms());
    }

    private static Outgoing event(long shown, long raised) {
        return new Outgoing("reading", "id", "time", "", false, shown, raised);
    }

    private static String alarm(String value) {
        return "{\"data\":{\"alarms\":{\"bench-storm:wind\":{\"occurrence\":2,\"value\":" + value
                + "}},\"at\":\"x\",\"sensors\":{}},\"type\":\"patch\"}";
    }

    private void expect(int readings) {
        schedule.begin(0);
        for (int number = 1; number <= readings; number++) {
            watch.expect("gauge", event(number, 0), number * 100 * MS);
        }
    }

    private static String patch(String sensors) {
        return "{\"at\":\"x\",\"data\":{\"area\":{\"id\":\"477\"},\"sensors\":{" + sensors
                + "}},\"position\":\"9\",\"prev\":1,\"seq\":2,\"type\":\"patch\"}";
    }
}
