package vn.kydai.bench.load;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The benchmark's sources. Everything about one follows from its number, so that the server's registry and the clients
 * agree without a list being handed over.
 *
 * @param secret what all tokens begin with
 * @param areas the leaf areas they are spread over
 */
public record Fleet(String secret, List<String> areas) {
    private static final int SENSORS = 500;
    private static final int DESKS = 50;
    private static final int GATEWAYS = 10;

    /** Of twenty sensors: gauges and rain, which is what a flood measures, and one of each other kind. */
    private static final List<Meter> METERS = List.of(
            new Meter("water_level", "m"),
            new Meter("rain", "mm"),
            new Meter("water_level", "m"),
            new Meter("rain", "mm"),
            new Meter("wind", "m/s"),
            new Meter("water_level", "m"),
            new Meter("rain", "mm"),
            new Meter("water_level", "m"),
            new Meter("rain", "mm"),
            new Meter("temperature", "Cel"),
            new Meter("water_level", "m"),
            new Meter("rain", "mm"),
            new Meter("water_level", "m"),
            new Meter("rain", "mm"),
            new Meter("humidity", "%"),
            new Meter("water_level", "m"),
            new Meter("rain", "mm"),
            new Meter("water_level", "m"),
            new Meter("rain", "mm"),
            new Meter("salinity", "g/L"));

    public Fleet {
        areas = List.copyOf(areas);
    }

    /** What a sensor measures, in the unit it reports. */
    public record Meter(String metric, String unit) {}

    /**
     * One source.
     *
     * @param number among those of its kind, from 0
     * @param kind desk, sensor or gateway
     * @param behind the gateway that may speak for it
     * @param meter what a sensor measures
     */
    public record Member(
            int number,
            String id,
            String kind,
            String area,
            String token,
            @Nullable String behind,
            @Nullable Meter meter) {}

    /** Returns a sensor; numbers wrap. */
    public Member sensor(int number) {
        int n = Math.floorMod(number, SENSORS);
        String gateway = gateway(n % GATEWAYS).id();
        return member("sensor", n, gateway, METERS.get(n % METERS.size()));
    }

    /** Returns a desk; numbers wrap. */
    public Member desk(int number) {
        return member("desk", Math.floorMod(number, DESKS), null, null);
    }

    /** Returns a gateway; numbers wrap. */
    public Member gateway(int number) {
        return member("gateway", Math.floorMod(number, GATEWAYS), null, null);
    }

    /** Returns the sensors a gateway speaks for. */
    public List<Member> behind(Member gateway) {
        return IntStream.range(0, SENSORS)
                .filter(n -> n % GATEWAYS == gateway.number())
                .mapToObj(this::sensor)
                .toList();
    }

    /** Returns all, gateways first. */
    public List<Member> all() {
        return Stream.of(
                        IntStream.range(0, GATEWAYS).mapToObj(this::gateway),
                        IntStream.range(0, DESKS).mapToObj(this::desk),
                        IntStream.range(0, SENSORS).mapToObj(this::sensor))
                .flatMap(members -> members)
                .toList();
    }

    private Member member(String kind, int number, @Nullable String behind, @Nullable Meter meter) {
        String id = String.format(Locale.ROOT, "bench-%s-%03d", kind, number);
        return new Member(number, id, kind, areas.get(number % areas.size()), secret + id, behind, meter);
    }
}
