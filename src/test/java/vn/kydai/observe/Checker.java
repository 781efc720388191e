package vn.kydai.observe;

import java.util.ArrayList;
import java.util.List;
import vn.kydai.observe.Dashboards.Panel;
import vn.kydai.observe.Dashboards.Query;
import vn.kydai.observe.Prometheus.Sample;

/** Asks Prometheus what panels and rules ask, and tells what is wrong with the answers. */
public record Checker(Prometheus prometheus) {
    /** Returns what is wrong with a panel: a metric that is not there, no value, or one that does not suit its unit. */
    public List<String> complaints(Panel panel) {
        List<String> complaints = new ArrayList<>();
        for (Query query : panel.queries()) {
            complaints.addAll(answered(query.text()));
            Units.complaint(panel.unit(), query.text()).ifPresent(complaints::add);
            for (Sample sample : prometheus.query(Expressions.hurried(query.text()))) {
                if (!Double.isNaN(sample.value()) && !Units.isPlausible(panel.unit(), sample.value())) {
                    complaints.add(sample.value() + " is no plausible " + panel.unit() + ": " + query.text());
                }
            }
        }
        return named(panel.title(), complaints);
    }

    /** Returns what is wrong with a rule: a metric that is not there, or nothing to compare. */
    public List<String> complaints(Rules.Rule rule) {
        List<String> complaints = new ArrayList<>();
        Expressions.compared(rule.expression()).forEach(compared -> complaints.addAll(answered(compared)));
        return named(rule.name(), complaints);
    }

    /** Returns the complaints about the same panel with a metric misspelt; none would mean that nothing is checked. */
    public List<String> complaintsWhenMisspelt(Panel panel) {
        return complaints(panel.asking(panel.queries().stream()
                .map(query -> new Query(Expressions.misspelt(query.text()), query.format()))
                .toList()));
    }

    /** Returns the complaints about the same rule with a metric misspelt. */
    public List<String> complaintsWhenMisspelt(Rules.Rule rule) {
        return complaints(new Rules.Rule(rule.name(), Expressions.misspelt(rule.expression()), rule.annotations()));
    }

    private List<String> answered(String expression) {
        List<String> complaints = new ArrayList<>();
        for (String metric : Expressions.metrics(expression)) {
            if (prometheus.query("count(" + metric + ")").isEmpty()) {
                complaints.add("there is no metric " + metric);
            }
        }
        boolean hasValue = prometheus.query(Expressions.hurried(expression)).stream()
                .anyMatch(sample -> Double.isFinite(sample.value()));
        if (complaints.isEmpty() && !hasValue) {
            complaints.add("no value: " + expression);
        }
        return complaints;
    }

    private static List<String> named(String name, List<String> complaints) {
        return complaints.stream().map(complaint -> name + ": " + complaint).toList();
    }
}
