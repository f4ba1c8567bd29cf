"""What the last file of the billing system said of each account."""

from django.db import models


class BillingRow(models.Model):
    """One account as a file of the billing system told it: yuan, cubic metres, the state of the card.

    `as_of` is when the file was made (UTC). A later file takes the place of an earlier one.
    """

    account_no = models.CharField(max_length=24, primary_key=True)
    balance = models.DecimalField(max_digits=11, decimal_places=2, null=True, blank=True)
    reading = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    card = models.CharField(max_length=16, blank=True)
    card_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateTimeField()

    def __str__(self) -> str:
        return self.account_no
