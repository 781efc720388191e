/** VN_AQI, the air quality index of Quyết định 1459/QĐ-TCMT (12 November 2019): numbers in, an index out. */
@NullMarked
package vn.kydai.aggregate.air;

import org.jspecify.annotations.NullMarked;
