package vn.kydai.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.AlarmRules;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Channels;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Procedures;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Roster;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Thresholds;
import vn.kydai.registry.WorkingCalendar;

/** Two communes of a region: their files, each in some versions that a person may change to while all runs. */
final class Town {
    static final String REGION = "477";
    static final List<String> COMMUNES = List.of("19867", "19870");
    static final List<String> PEOPLE = List.of("an.nguyen", "binh.le", "chi.tran", "dung.pham");
    static final int VERSIONS = 3;

    private static final String AREAS = """
            {'areas': [
              {'id': '477', 'name': 'Quảng Điền', 'level': 'region', 'members': ['19867', '19870']},
              {'id': '19867', 'name': 'Sịa', 'level': 'commune'},
              {'id': '19870', 'name': 'Quảng Thái', 'level': 'commune'}]}""";

    private static final String PROCEDURES = """
            {'procedures': [
              {'code': '1.004873', 'name': 'Xác nhận', 'nameEn': 'Certificate', 'field': 'Hộ tịch', 'unit': 'workingDays', 'time': 3, 'online': 'full'},
              {'code': '1.001193', 'name': 'Khai sinh', 'nameEn': 'Birth', 'field': 'Hộ tịch', 'unit': 'sameDay', 'online': 'full'}]}""";

    private static final String CALENDAR = """
            {'workingWeekdays': ['MON', 'TUE', 'WED', 'THU', 'FRI'],
             'hours': [{'months': [1,2,3,4,5,6,7,8,9,10,11,12], 'sessions': ['%s-11:30', '13:00-17:00']}],
             'daysOff': []}""";

    private static final String THRESHOLDS = """
            {'metrics': {
               'water_level': {'unit': 'm', 'min': -5, 'max': 20, 'resolution': 0.001, 'cadenceSeconds': 600},
               'rain': {'unit': 'mm', 'min': 0, 'max': 400, 'resolution': 0.1, 'cadenceSeconds': 600}},
             'targets': [{'figure': 'satisfaction', 'min': %s, 'badBeyond': 0.5}]}""";

    private static final String SOURCES = """
            {'sources': [
              {'id': 'desk-1', 'kind': 'desk', 'area': '19867'},
              {'id': 'desk-2', 'kind': 'desk', 'area': '19870'},
              {'id': 'gw-1', 'kind': 'gateway', 'area': '19870'},
              {'id': 'wl-1', 'kind': 'sensor', 'area': '19867', 'behind': 'gw-1', 'metrics': [
                {'metric': 'water_level', 'unit': 'm', 'cadenceSeconds': 600, 'levels': [1.5, 3, %s]}]},
              {'id': 'wl-2', 'kind': 'sensor', 'area': '19870', 'behind': 'gw-1', 'metrics': [
                {'metric': 'water_level', 'unit': 'm', 'cadenceSeconds': 600, 'levels': [1.5, 3, 4.5]}]},
              {'id': 'wl-3', 'kind': 'sensor', 'area': '19870', 'metrics': [
                {'metric': 'water_level', 'unit': 'm', 'cadenceSeconds': 300, 'levels': [1.5, 3, 4.5]}]},
              {'id': 'rain-1', 'kind': 'sensor', 'area': '19867', 'metrics': [
                {'metric': 'rain', 'unit': 'mm', 'cadenceSeconds': 600}]}]}""";

    private static final String RULES = """
            {'escalation': {'high': [2, 5, 10], 'medium': [%s, 30], 'low': []}, 'rules': [
              {'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'deadband': 0.05,
               'steps': [{'at': 1, 'severity': 'medium'}, {'at': 2, 'severity': 'high'}, {'at': 3, 'severity': 'high'}], TEXTS},
              {'id': 'high', 'watch': 'value', 'metric': 'water_level', 'onDelaySeconds': 300, 'offDelaySeconds': 600,
               'latching': true, 'steps': [{'at': 2, 'severity': 'low'}], TEXTS},
              {'id': 'silent', 'watch': 'silentSensor', 'steps': [{'at': 1, 'severity': 'low'}], TEXTS},
              {'id': 'gateway', 'watch': 'silentGateway', 'steps': [{'at': 2, 'severity': 'medium'}], TEXTS},
              {'id': 'queue', 'watch': 'figure', 'figure': 'waiting', 'areaLevel': 'commune',
               'steps': [{'at': 3, 'severity': 'medium'}], TEXTS}]}""";

    private static final String TEXTS = "'who': 'trực ban', 'reason': 'r', 'consequence': 'c', 'response': ['đi xem']";

    private static final String ROSTER = """
            {'duties': [
              {'area': '477', 'people': [{'user': '%s'}, {'user': 'binh.le'}, {'user': 'chi.tran'}]},
              {'area': '19867', 'hours': '07:00-17:00', 'people': [{'user': 'binh.le'}, {'user': 'an.nguyen'}]}]}""";

    private Town() {}

    /** Returns the files as one person left them; each part has its own version. */
    static Parts parts(Map<Part, Integer> versions) {
        Map<Part, JsonNode> content = new EnumMap<>(Part.class);
        content.put(Part.AREAS, json(AREAS));
        content.put(Part.PROCEDURES, json(PROCEDURES));
        content.put(Part.CALENDAR, json(CALENDAR.formatted(of(versions, Part.CALENDAR, "07:30", "07:00", "08:00"))));
        content.put(Part.THRESHOLDS, json(THRESHOLDS.formatted(of(versions, Part.THRESHOLDS, "0.9", "0.8", "0.95"))));
        content.put(Part.RULES, json(RULES.formatted(of(versions, Part.RULES, "10", "3", "20"))));
        content.put(
                Part.ROSTER, json(ROSTER.formatted(of(versions, Part.ROSTER, "an.nguyen", "dung.pham", "truc.ban"))));
        JsonNode sources = json(SOURCES.formatted(of(versions, Part.SOURCES, "4.5", "3.5", "6")));
        Registry registry = new Registry(
                Areas.of(content.get(Part.AREAS)),
                Sources.of(sources),
                Procedures.of(content.get(Part.PROCEDURES)),
                WorkingCalendar.of(content.get(Part.CALENDAR)),
                Thresholds.of(content.get(Part.THRESHOLDS)));
        return new Parts(
                content,
                registry.sources(),
                AlarmRules.of(content.get(Part.RULES)),
                Roster.of(content.get(Part.ROSTER)),
                Channels.NONE,
                registry,
                Map.of(),
                Set.of());
    }

    private static String of(Map<Part, Integer> versions, Part part, String... said) {
        return said[versions.getOrDefault(part, 0)];
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text.replace("TEXTS", TEXTS).replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
