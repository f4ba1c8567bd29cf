"""Telephone exchanges behind one vocabulary: whatever an exchange says becomes `core.telephony.LineEvent`."""
